import Diagnosis
import SessionTrace

extension DomainReport {
  /// A line for each place: that of its session, or why there is none.
  package var digest: [String] {
    places.flatMap { place in
      place.session?.digest ?? [
        "\(place.outcome.status.rawValue.uppercased()) \(place.outcome.stage.rawValue)"
          + " \(place.name) - \(place.outcome.summary)"
      ]
    }
  }
}
