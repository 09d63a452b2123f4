import Diagnosis
import SessionTrace

/// The places of a domain as programs see them that count.
extension DomainReport {
  /// A case for each place.
  var cases: Block {
    .cases(
      name: "smtpprobe",
      places.map { place in
        TestCase(
          suite: given, name: place.name, duration: place.session?.trace.duration ?? 0,
          verdict: place.isWell ? nil : place.isBeyondThisHost ? .skipped : .failure,
          details: place.isWell ? [] : ["\(place.outcome.title): \(place.outcome.summary)"])
      })
  }

  var vitals: Block {
    let target = [(name: "target", value: given)]
    let health: Vitals.Health =
      exitCode == 0
      ? (counted.allSatisfy(\.isWell) ? .ok : .warning) : good.isEmpty ? .critical : .warning
    return .vitals(
      Vitals(
        health: health, sentence: sentence,
        metrics: [
          Metric(
            "smtpprobe_places", help: "Addresses that mail could go to.",
            [.init(places.count, target)], short: ("places", "")),
          Metric(
            "smtpprobe_places_ok", help: "Those whose session ended as it should.",
            [.init(good.count, target)], short: ("ok", "")),
          Metric(
            "smtpprobe_place_exit_code",
            help: "Exit status of the session with a place, see smtpprobe manual exit-status.",
            places.map { place in
              .init(
                place.exitCode,
                target + [
                  (name: "host", value: place.host), (name: "address", value: place.address ?? ""),
                ])
            }),
          Metric(
            "smtpprobe_exit_code", help: "Exit status, see smtpprobe manual exit-status.",
            [.init(exitCode, target)]),
        ]))
  }
}
