import CGnuTLS

/// How the negotiated cipher lays out a record of application data.
///
/// TLS 1.3: header 5 | text | 1 byte of inner type | tag (RFC 8446 section 5.2).
/// TLS 1.2 AEAD: header 5 | 8 bytes of nonce (none for ChaCha20) | text | tag (RFC 5288, 7905).
/// CBC: header 5 | vector (from TLS 1.1 on) | text, MAC and padding up to a whole block (RFC 5246
/// section 6.2.3.2); with encrypt-then-MAC (RFC 7366) the MAC follows the padded text instead.
struct RecordFormat: Equatable {
  /// Bytes between the header and the text.
  var prefix: Int
  /// The tag or the MAC.
  var seal: Int
  /// Bytes behind the text that are encrypted with it: the inner type of TLS 1.3.
  var innerType: Int
  /// The block that text must fill; 1 for ciphers that need none.
  var block: Int
  /// Whether the MAC stands outside the padded blocks.
  var sealsOutsideBlocks: Bool

  /// Reads what the session negotiated.
  init(session: gnutls_session_t) {
    let version = unsafe gnutls.protocol_get_version(session)
    let cipher = unsafe gnutls.cipher_get(session)
    let tag = Int(gnutls.cipher_get_tag_size(cipher))
    if tag > 0 {
      let isTLS13 = version == GNUTLS_TLS1_3
      let derivesNonce = isTLS13 || cipher == GNUTLS_CIPHER_CHACHA20_POLY1305
      self.init(
        prefix: derivesNonce ? 0 : 8, seal: tag, innerType: isTLS13 ? 1 : 0, block: 1,
        sealsOutsideBlocks: true)
    } else {
      let vector = Int(gnutls.cipher_get_iv_size(cipher))
      // Stream ciphers have neither vector nor block; before TLS 1.1 the vector is not sent.
      let hasVector = vector > 0 && version != GNUTLS_SSL3 && version != GNUTLS_TLS1_0
      self.init(
        prefix: hasVector ? vector : 0,
        seal: unsafe gnutls.mac_get_key_size(gnutls.mac_get(session)), innerType: 0,
        block: vector > 0 ? Int(gnutls.cipher_get_block_size(cipher)) : 1,
        sealsOutsideBlocks: unsafe gnutls.session_etm_status(session) != 0)
    }
  }

  init(prefix: Int, seal: Int, innerType: Int, block: Int, sealsOutsideBlocks: Bool) {
    self.prefix = prefix
    self.seal = seal
    self.innerType = innerType
    self.block = block
    self.sealsOutsideBlocks = sealsOutsideBlocks
  }

  /// Bytes of a record before its text.
  var headerLength: Int { RecordSpan.recordHeaderLength + prefix }

  /// Bytes of one record that carries `plaintext` bytes of text.
  func recordLength(plaintext: Int) -> Int {
    if block <= 1 { return headerLength + plaintext + innerType + seal }
    // Padding is at least its own length byte.
    let inside = plaintext + 1 + (sealsOutsideBlocks ? 0 : seal)
    let padded = (inside + block - 1) / block * block
    return headerLength + padded + (sealsOutsideBlocks ? seal : 0)
  }
}
