import CGnuTLS

extension TLSSession {
  /// Ciphertext bytes beyond the plaintext of a flight of one record; 0 before the handshake is over.
  ///
  /// Exact for the AEAD ciphers, which are all that TLS 1.3 has. With CBC it depends on the length:
  /// this is the least, and ``sealedLength(ofPlaintext:)`` tells each.
  package var recordOverhead: Int {
    guard let format else { return 0 }
    return format.headerLength + format.innerType + format.seal + (format.block > 1 ? 1 : 0)
  }

  /// The most plaintext that one record of ours carries: what was agreed, or less where we want less.
  ///
  /// C: gnutls_record_get_max_size. Asking the peer for less by extension (RFC 8449) would change the
  /// ClientHello and the peer's records too.
  package var largestRecord: Int {
    let agreed = unsafe gnutls.record_get_max_size(memory.handle)
    guard case .client(let configuration) = role, let wanted = configuration.recordSize else {
      return agreed
    }
    return min(agreed, max(wanted, 1))
  }

  /// How many bytes ``seal(_:)`` makes of so much plaintext; 0 before the handshake is over.
  package func sealedLength(ofPlaintext length: Int) -> Int {
    guard let format, length > 0 else { return 0 }
    let (full, rest) = length.quotientAndRemainder(dividingBy: largestRecord)
    return full * format.recordLength(plaintext: largestRecord)
      + (rest > 0 ? format.recordLength(plaintext: rest) : 0)
  }

  /// Encrypts text of any length, in as many records as it takes; no text makes an empty flight.
  ///
  /// An answer to a key update that the peer asked for may precede the first record that carries text.
  package func seal(_ plaintext: ArraySlice<UInt8>) -> Result<TLSFlight, TLSError> {
    guard let format, isEstablished else {
      return .failure(
        TLSError(
          operation: "encrypt \(plaintext.count) bytes", name: "not_established",
          text: "The TLS session is not open."))
    }
    var records: [RecordSpan] = []
    memory.expectOutput(sealedLength(ofPlaintext: plaintext.count))
    var scanned = 0
    var done = 0
    let most = largestRecord
    while done < plaintext.count {
      let sent = unsafe plaintext.withUnsafeBytes { text in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: text[done...])
        return unsafe gnutls.record_send(memory.handle, rest.baseAddress, min(rest.count, most))
      }
      guard sent > 0 else {
        state = .over
        _ = memory.takeOutput()
        return .failure(
          TLSError(
            "encrypt \(plaintext.count) bytes", code: Int32(truncatingIfNeeded: sent)))
      }
      let first = records.count
      records += memory.records(from: scanned)
      scanned = memory.outputLength
      // What carries no text lies where the next of it begins: places never go back.
      for index in records.indices.dropFirst(first) { records[index].plaintextOffset = done }
      // One call seals one record of text, behind whatever GnuTLS had to say first.
      if let last = records.indices.last {
        records[last].plaintextOffset = done
        records[last].plaintextLength = sent
        records[last].headerLength = format.headerLength
      }
      done += sent
    }
    return .success(TLSFlight(bytes: memory.takeOutput(), records: records))
  }
}
