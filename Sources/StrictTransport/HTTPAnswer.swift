/// What a web server answered to one GET.
package struct HTTPAnswer: Equatable, Sendable {
  /// `200`.
  package var status: Int
  /// The words behind it, escaped.
  package var phrase: String
  /// The value of `Content-Type`, escaped; `nil` without one.
  package var contentType: String?
  /// The value of `Location`, escaped; `nil` without one.
  package var location: String?
  /// Of an answer that has what was asked for; empty otherwise.
  package var body: [UInt8]

  package init(
    status: Int, phrase: String = "", contentType: String? = nil, location: String? = nil,
    body: [UInt8] = []
  ) {
    self.status = status
    self.phrase = phrase
    self.contentType = contentType
    self.location = location
    self.body = body
  }
}

/// Why an answer is none.
package struct HTTPError: Error, Equatable, Sendable {
  /// A sentence without its dot. Plain ASCII.
  package var text: String

  init(_ text: String) { self.text = text }
}

extension HTTPAnswer {
  /// The request for a policy. Nothing is asked for that would let the answer be anything but the file.
  package static func request(host: String, path: String) -> [UInt8] {
    Array(
      """
      GET \(path) HTTP/1.1\r
      Host: \(host)\r
      User-Agent: smtpprobe\r
      Accept: text/plain\r
      Accept-Encoding: identity\r
      Connection: close\r
      \r\n
      """.utf8)
  }

  /// The text of a policy, if this is one by its outer form.
  ///
  /// Only 200 will do, and no redirect is followed (RFC 8461 section 3.3). The media type guards against hosts
  /// where anybody may put a file (section 3.2); one that is not told is taken for text.
  package func policyText() throws(HTTPError) -> [UInt8] {
    guard status == 200 else {
      let words = phrase.isEmpty ? "\(status)" : "\(status) \(phrase)"
      guard (300...399).contains(status) else { throw HTTPError("the answer was \(words)") }
      throw HTTPError(
        "the answer was \(words)" + (location.map { " to \($0)" } ?? "")
          + ": redirects are not followed (RFC 8461 section 3.3)")
    }
    let type = contentType?.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\\" }
    guard type == nil || type == "text/plain" else {
      throw HTTPError("its media type is \(contentType ?? ""), and not text/plain")
    }
    return body
  }
}
