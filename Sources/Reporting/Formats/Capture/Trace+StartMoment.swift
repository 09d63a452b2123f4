import SessionTrace

extension Trace {
  /// When it began, in microseconds since 1970; 0 where its RFC 3339 time in UTC is none.
  var startMoment: Int64 {
    let numbers = startedAt.split { !("0"..."9").contains($0) }.compactMap { Int64($0) }
    guard numbers.count >= 6, (1...12).contains(numbers[1]), (0...9_999).contains(numbers[0]),
      numbers[2...5].allSatisfy({ $0 < 100 })
    else { return 0 }
    // Days by the civil calendar, years beginning in March.
    let year = numbers[0] - (numbers[1] <= 2 ? 1 : 0)
    let month = (numbers[1] + 9) % 12
    let days =
      365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + numbers[2] - 1
      - 719_468
    let seconds = ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
    let fraction = numbers.count > 6 && numbers[6] < 1_000_000 ? numbers[6] : 0
    return seconds * 1_000_000 + fraction
  }
}
