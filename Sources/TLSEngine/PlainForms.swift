import Glibc

/// A time as RFC 3339 writes it, in UTC: `2026-11-21T10:02:11Z`; empty for -1, GnuTLS's "unreadable".
func internetTime(_ seconds: time_t) -> String {
  var seconds = seconds
  var parts = unsafe tm()
  guard seconds != -1, unsafe gmtime_r(&seconds, &parts) != nil else { return "" }
  let date = unsafe [
    digits(Int(parts.tm_year) + 1900, 4), digits(Int(parts.tm_mon) + 1, 2),
    digits(Int(parts.tm_mday), 2),
  ].joined(separator: "-")
  let time = unsafe [
    digits(Int(parts.tm_hour), 2), digits(Int(parts.tm_min), 2), digits(Int(parts.tm_sec), 2),
  ].joined(separator: ":")
  return "\(date)T\(time)Z"
}

private func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}

/// Four or sixteen bytes as an address literal; `nil` for any other number. C: inet_ntop.
func numericAddress(_ bytes: [UInt8]) -> String? {
  let family: Int32
  switch bytes.count {
  case 4: family = AF_INET
  case 16: family = AF_INET6
  default: return nil
  }
  var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
  guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return nil }
  return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// The bytes of an address literal; `nil` when `text` is none. C: inet_pton.
func addressBytes(_ text: String) -> [UInt8]? {
  var bytes = [UInt8](repeating: 0, count: 16)
  if unsafe inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes.prefix(4)) }
  return unsafe inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
}
