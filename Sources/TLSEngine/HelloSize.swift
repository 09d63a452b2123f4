import CGnuTLS

/// How a ClientHello of a certain size is made: what it leaves out, and how much it is padded.
///
/// Boxes on the path have trouble with hellos of certain sizes: F5's of 256 to 511 bytes, others with
/// one that needs two segments. Nothing in TLS gives a hello a size, except the padding that was
/// invented for that trouble (RFC 7685). It can only add; a hello that is to be smaller has to offer
/// less, in steps of which each takes as little as it must, and what is left out is told.
///
///     396 bytes as configured (here with a server name of 14)
///     400       cannot be made by padding, which takes 5 bytes at least: without session tickets
///     513       as configured, and a padding of 113 bytes
///     250       offering less, and padding
struct HelloSize {
  /// Flags for `gnutls_init` beside the usual ones.
  var flags: UInt32 = 0
  /// What to offer in place of the configuration's; `nil` leaves it alone.
  var priority: String?
  /// Bytes of padding behind the extension's own 4; `nil` for no extension.
  var padding: Int?
  /// What was left out, as a sentence for the report; `nil` when nothing was.
  var remark: String?

  /// What any ClientHello can be made of: sizes above are refused, and nothing like it was ever seen.
  static let greatest = 65_000
  /// The most handshake bytes that one record carries (RFC 8446 section 5.1).
  private static let recordCapacity = 16_384
  /// The padding extension's type and length, and one byte: an empty one GnuTLS leaves out.
  private static let leastPadding = 5

  /// One way to make the hello, and how large it is without padding.
  private struct Rung {
    var size: HelloSize
    var bare: Int
  }

  /// The configuration's hello, or the fullest that can have exactly so many bytes on the wire.
  init(of client: ClientConfiguration) throws(TLSError) {
    self.init()
    guard let wanted = client.helloSize else { return }
    let operation = "make a ClientHello of \(wanted) bytes"
    guard wanted <= Self.greatest else {
      throw TLSError(
        operation: operation, name: "too_large", text: "the greatest has \(Self.greatest)")
    }
    let rungs = try Self.rungs(of: client)
    if let made = Self.fullest(of: rungs, size: wanted) {
      self = made
      return
    }
    let smallest = rungs.map(\.bare).min() ?? 0
    let near = (smallest...max(smallest, wanted + 8)).filter {
      abs($0 - wanted) <= 8 && Self.fullest(of: rungs, size: $0) != nil
    }
    let nearest = [near.last { $0 < wanted }, near.first { $0 > wanted }].compactMap(\.self)
    throw TLSError(
      operation: operation, name: "no_such_size",
      text: wanted < smallest
        ? "the smallest has \(smallest) bytes"
        : "padding cannot reach it; \(nearest.map(String.init).joined(separator: " and ")) can be made"
    )
  }

  /// The first of the rungs that can be given so many bytes.
  private static func fullest(of rungs: [Rung], size: Int) -> HelloSize? {
    for rung in rungs {
      guard let padding = padding(from: rung.bare, to: size) else { continue }
      var made = rung.size
      made.padding = padding == 0 ? nil : padding
      return made
    }
    return nil
  }

  private init() {}

  /// The least from which on, within one record, every size can be made.
  static func smallest(of client: ClientConfiguration) throws(TLSError) -> Int {
    let bare = try rungs(of: client).map(\.bare).sorted()
    guard let least = bare.first else { return 0 }
    // Right above the barest lie sizes that nothing reaches.
    return least + leastPadding
  }

  /// From the fullest hello to the barest.
  private static func rungs(of client: ClientConfiguration) throws(TLSError) -> [Rung] {
    var offers = [HelloSize()]
    offers.append(offers[0].leaving(cgnutls_no_tickets, "session tickets"))
    offers.append(
      offers[1].leaving(cgnutls_one_key_share, "all key shares but the first"))
    // A priority string of the user's own is what the session is about.
    if client.priority == nil {
      offers.append(offers[2].offering(short, "all but X25519 and P-256, AES-GCM and SHA-256"))
      offers.append(
        offers[3].offering(
          short + ":%DISABLE_TLS13_COMPAT_MODE", "the session id of TLS 1.3's compatibility mode"))
    }
    var rungs: [Rung] = []
    for offer in offers { rungs.append(Rung(size: offer, bare: try bareLength(client, offer))) }
    return rungs
  }

  /// TLS 1.3 and 1.2 with what every mail server has.
  private static let short =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1"
    + ":-SIGN-ALL:+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-ECDSA-SECP256R1-SHA256:+SIGN-RSA-SHA256"
    + ":+SIGN-ECDSA-SHA256:-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:-KX-ALL:+ECDHE-RSA:+ECDHE-ECDSA"

  private func leaving(_ flag: UInt32, _ what: String) -> HelloSize {
    var size = self
    size.flags |= flag
    size.remark = HelloSize.remark(self.remark, what)
    return size
  }

  private func offering(_ priority: String, _ what: String) -> HelloSize {
    var size = self
    size.priority = priority
    size.remark = HelloSize.remark(self.remark, what)
    return size
  }

  private static func remark(_ before: String?, _ what: String) -> String {
    (before.map { $0 + "; " } ?? "to reach its size the ClientHello leaves out ") + what
  }

  /// Bytes of padding that make `wanted` of `bare`; `nil` when none do.
  private static func padding(from bare: Int, to wanted: Int) -> Int? {
    if wanted == bare { return 0 }
    let header = RecordSpan.recordHeaderLength
    let records = (wanted + recordCapacity + header - 1) / (recordCapacity + header)
    let message = wanted - records * header
    // A size between two numbers of records: the header of one more is not paid for.
    guard message > (records - 1) * recordCapacity else { return nil }
    let padding = message - (bare - header) - (leastPadding - 1)
    return padding > 0 ? padding : nil
  }

  /// How large GnuTLS makes it; two sessions of one configuration differ in random bytes only.
  private static func bareLength(
    _ client: ClientConfiguration, _ size: HelloSize
  ) throws(TLSError) -> Int {
    var plain = client
    plain.helloSize = nil
    let session = try TLSSession(client: plain, hello: size)
    return session.start().reduce(0) { length, action in
      if case .send(let flight) = action { length + flight.bytes.count } else { length }
    }
  }
}

extension MemorySession {
  /// Has the ClientHello padded. C: gnutls_session_ext_register, in place of GnuTLS's own padding,
  /// which knows one size only (`%DUMBFW`).
  func padHello(by padding: Int) throws(TLSError) {
    helloPadding = padding
    let code = unsafe gnutls.session_ext_register(
      handle, "padding", paddingExtension, GNUTLS_EXT_TLS, { _, _, _ in 0 },
      { session, buffer in
        guard let memory = unsafe memorySession(gnutls.session_get_ptr(session)) else { return 0 }
        let zeros = [UInt8](repeating: 0, count: memory.helloPadding)
        let code = unsafe gnutls.buffer_append_data(buffer, zeros, zeros.count)
        return code < 0 ? code : Int32(zeros.count)
      }, nil, nil, nil, cgnutls_client_hello_extension)
    try check(code, "pad the ClientHello")
  }
}

/// RFC 7685 section 4.
private let paddingExtension: Int32 = 21
