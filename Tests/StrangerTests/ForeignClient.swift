import Testing

/// A client program that is not ours, as it would be pointed at a fixture by hand.
struct ForeignClient: Sendable, CustomTestStringConvertible {
  /// The fixture that is served to it.
  let fixture: String
  /// The program and its arguments; `PORT` stands for the fixture's port.
  let command: String
  /// What it reads from standard input.
  var input = ""
  /// What it prints when all went well, on either of its streams.
  let proof: String

  var testDescription: String { "\(fixture): \(command)" }

  func arguments(port: String) -> [String] {
    command.split(separator: " ").map { word in
      guard let place = word.firstRange(of: "PORT") else { return String(word) }
      return word[..<place.lowerBound] + port + word[place.upperBound...]
    }
  }
}

extension ForeignClient {
  static let all: [ForeignClient] =
    ["healthy", "healthy-nopipelining", "healthy-helo-only"].map { swaks($0) } + [
      swaks("healthy", "--pipeline"),
      swaks("healthy-starttls", "--tls"),
      swaks("healthy-starttls", "--tls --pipeline"),
      swaks("healthy-tls", "--tls-on-connect"),
      curl("healthy", "smtp"),
      curl("healthy-starttls", "smtp", "--ssl-reqd --insecure"),
      curl("healthy-tls", "smtps", "--insecure"),
      openssl("healthy-starttls", "-starttls smtp"),
      openssl("healthy-tls"),
      msmtp("healthy", "--tls=off"),
      msmtp("greeting-in-two", "--tls=off"),
      msmtp("healthy-starttls", "--tls=on --tls-certcheck=off"),
    ]

  private static func swaks(_ fixture: String, _ options: String = "") -> ForeignClient {
    ForeignClient(
      fixture: fixture,
      command: "swaks --server 127.0.0.1 --port PORT --helo client.example --from a@example.com "
        + "--to b@example.com,c@example.com --timeout 10 \(options)", proof: " 221 ")
  }

  private static func curl(
    _ fixture: String, _ scheme: String, _ options: String = ""
  ) -> ForeignClient {
    ForeignClient(
      fixture: fixture,
      command: "curl --silent --verbose --max-time 10 --mail-from a@example.com "
        + "--mail-rcpt b@example.com --upload-file - \(scheme)://127.0.0.1:PORT/client.example "
        + options,
      input: "Subject: test\r\n\r\n.a line that begins with a dot\r\n", proof: "< 250 ")
  }

  private static func msmtp(_ fixture: String, _ options: String) -> ForeignClient {
    ForeignClient(
      fixture: fixture,
      command: "msmtp --debug --host=127.0.0.1 --port=PORT --timeout=10 --from=a@example.com "
        + "--auth=off \(options) b@example.com c@example.com",
      input: "Subject: test\r\n\r\n.a line that begins with a dot\r\n", proof: "bytes taken")
  }

  private static func openssl(_ fixture: String, _ options: String = "") -> ForeignClient {
    ForeignClient(
      fixture: fixture, command: "openssl s_client -connect 127.0.0.1:PORT -quiet \(options)",
      input: "EHLO client.example\r\nQUIT\r\n", proof: "221 ")
  }
}
