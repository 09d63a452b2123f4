import Glibc
import SessionTrace

/// A moment as RFC 3339 writes it, in UTC with microseconds: `2026-11-21T10:02:11.204512Z`.
func rfc3339(microsecondsSinceEpoch moment: Microseconds) -> String {
  let second = Microseconds.seconds(1)
  let fraction = ((moment % second) + second) % second
  var seconds = time_t((moment - fraction) / second)
  var parts = unsafe tm()
  unsafe gmtime_r(&seconds, &parts)
  let date = unsafe [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
  let time = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Int($0) }
  return date.map { padded($0, 2) }.joined(separator: "-") + "T"
    + time.map { padded($0, 2) }.joined(separator: ":") + "." + padded(Int(fraction), 6) + "Z"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
