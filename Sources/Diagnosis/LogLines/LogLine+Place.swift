import SessionTrace

extension LogLine {
  /// Finds which server the line is about, in the ways that programs name one.
  mutating func find(placeIn text: LogText) {
    for template in Self.places {
      guard var holes = template.match(text)?.holes else { continue }
      if let place = holes["place"] { holes.merge(Self.parted(place)) { _, new in new } }
      // Of what stands in front of an address the last word is the name, and of a rest of a line the first.
      holes["host"] = holes["host"].map { words in
        String(
          (holes["address"] == nil
            ? words.split(separator: " ").first : words.split(separator: " ").last) ?? "")
      }
      guard let address = holes["address"], NumericAddress(address) != nil else {
        if holes["address"] == nil, let host = holes["host"].flatMap(name) {
          self.host = host
          port = port ?? holes["port"].flatMap(leadingNumber)
          return
        }
        continue
      }
      self.address = address
      host = holes["host"].flatMap(name)
      port = port ?? holes["port"].flatMap(leadingNumber)
      return
    }
  }

  /// An address or a name, and the port behind its last colon: Node puts no address in brackets.
  private static func parted(_ place: String) -> [String: String] {
    let word = place.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || ".:-%".contains($0)) }
    guard let end = word.lastIndex(where: \.isNumber),
      let colon = word[..<end].lastIndex(of: ":")
    else { return [:] }
    let server = String(word[..<colon])
    return [
      NumericAddress(server) == nil ? "host" : "address": server,
      "port": String(word[word.index(after: colon)...end]),
    ]
  }

  /// Postfix names the recipient in front, and not the command that was to have the answer.
  mutating func find(recipientIn text: LogText) {
    guard program == .postfix, stage == .rcpt, side == .sender, command == nil,
      let recipient = LogTemplate("to=<{address}>").match(text)?["address"], !recipient.isEmpty
    else { return }
    command = "RCPT TO:<\(recipient)>"
  }

  /// The plainer a row is, the later it is tried.
  private static let places: [LogTemplate] = [
    "H={host} [{address}]:{port}", "H={host} [{address}]", "H=[{address}]",
    "relay={host}[{address}]:{port}", "connect to {host}[{address}]:{port}:",
    "SSL_connect error to {host}[{address}]:{port}:",
    "with {host}[{address}]", "host {host}[{address}]", "server {host}[{address}]",
    "relay={host} [{address}]", "relay={host}. [{address}]",
    "from {host}[{address}]", "from {host} [{address}]", "host {host} [{address}]",
    "connected to {host} [{address}]",
    "on connection to {host} [{address}]",
    "name={host} type", "mail for {host} loops back", "for any host for '{host}'",
    "hosts for '{host}'",
    "domain '{host}'",
    "Name server: {host}:", "on connection from {host},", "writing message to {host}:",
    // Exchange and Microsoft 365.
    "LastAttemptedServerName={host}]{words}LastAttemptedIP={address}:{port}]",
    "LastAttemptedServerName={host}]",
    "FQDN={host}}{words}IP={address}}", "Remote Server at {host} ({address}) returned",
    "Remote Server at {host} returned", "last endpoint attempted was {address}:{port}",
    // OpenSMTPD.
    "relay=\"{address} ({host})", "relay={address} ({host})",
    "address={address} host={host} {words}",
    // qmail.
    "Connected to {address} but", "Connected_to_{address}_but", "Giving_up_on_{address}./",
    "Giving up on {address}.\n",
    "connected_to_{address}./", "host named {host}. (", "host_named_{host}._(",
    // Haraka, Nodemailer.
    "connection timed out to {place}", "connect ETIMEDOUT {place}", "connect ECONNREFUSED {place}",
    "connect EHOSTUNREACH {place}", "connect ENETUNREACH {place}", "connect EHOSTDOWN {place}",
    "connect EADDRNOTAVAIL {place}", "connect EPERM {place}", "connection failed to {place} ",
    "Remote end {place} closed", "ENOTFOUND {host}", "EAI_AGAIN {host}",
    // The name server's address follows.
    "dial tcp: lookup {host} on ",
    // telnet, netcat.
    "telnet: connect to address {address}: ",
    "nc: connect to {host} ({address}) port {port} (tcp)",
    "nc: connect to {host} port {port} (tcp)",
    // swaks, curl, msmtp, Jakarta Mail, Go.
    "Error connecting to {host}:{port}:", "Failed to connect to {host} port {port}",
    "resolve host: {host};", "resolve host: {host}",
    "cannot connect to {host}, port {port}:", "cannot locate host {host}:",
    "SMTP host: {host}, port: {port}", "host, port: {host}, {port};",
    "dial tcp {address}:{port}:", "dial tcp [{address}]:{port}:", "->{address}:{port}:",
    "->[{address}]:{port}:", "lookup {host}: no such host",
    "Domain {host} does not accept mail", "TLSA lookup error for {host}:{port}",
    "DNS domain {host} does not exist", "for {host}[{address}]:{port}",
    "msmtp: cannot read from {host}:", "msmtp: cannot write to {host}:",
    "input from {host} during", "timed out with {host}", "refused by {host}", "reset by {host}",
  ].map(LogTemplate.init)

  /// A host's name; `nil` for what cannot be one.
  private func name(_ text: String) -> String? {
    let name = text.hasSuffix(".") ? String(text.dropLast()) : text
    let isName =
      !name.isEmpty && name.count <= 253 && !name.hasPrefix("-")
      && name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
      }
    return isName && !["unknown", "peer"].contains(name) ? name : nil
  }
}

/// The number that a text begins with.
func leadingNumber(_ text: String) -> Int? {
  Int(text.drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber })
}
