/// The known causes of stalled and broken deliveries: one story each, with what tells it apart.
///
/// A cause is not a verdict. It says what a session would look like and which experiment separates it
/// from its twins; whether it holds for a server is for a diagnosis to find out.
package enum Catalogue {
  /// What has an id, and a file of its own in `Causes`.
  package enum Entry: Sendable {
    case cause(Cause)
    case remark(CatalogueRemark)

    package var id: CauseID {
      switch self {
      case .cause(let cause): cause.id
      case .remark(let remark): remark.id
      }
    }

    /// The cause; `nil` for a remark.
    package var cause: Cause? {
      if case .cause(let cause) = self { cause } else { nil }
    }

    /// The remark; `nil` for a cause.
    package var remark: CatalogueRemark? {
      if case .remark(let remark) = self { remark } else { nil }
    }
  }

  /// All causes, by family and code.
  package static let causes: [Cause] = entries.compactMap(\.cause).sorted { $0.place < $1.place }

  /// All remarks.
  package static let remarks: [CatalogueRemark] = entries.compactMap(\.remark)

  /// Which causes look alike, by id: a pair that one file names holds for both, and the order is that of
  /// the catalogue.
  static let twins: [CauseID: [CauseID]] = {
    var twins: [CauseID: Set<CauseID>] = [:]
    for cause in causes {
      for twin in cause.namedTwins {
        twins[cause.id, default: []].insert(twin)
        twins[twin, default: []].insert(cause.id)
      }
    }
    return twins.mapValues { ids in causes.map(\.id).filter(ids.contains) }
  }()

  private static let causesByID: [CauseID: Cause] = Dictionary(
    causes.flatMap { cause in ([cause.id] + cause.aliases).map { ($0, cause) } },
    uniquingKeysWith: { first, _ in first })
  private static let remarksByID = Dictionary(
    remarks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// The cause of that id or alias; `nil` for a remark's, and for one from elsewhere that is not known.
  package static func cause(_ id: CauseID) -> Cause? { causesByID[id] }

  /// The remark on that id; `nil` when there is none.
  package static func remark(_ id: CauseID) -> CatalogueRemark? { remarksByID[id] }

  /// What has that id or alias.
  package static func entry(_ id: CauseID) -> Entry? {
    cause(id).map(Entry.cause) ?? remark(id).map(Entry.remark)
  }

  /// The cause of that id, code or alias, in any case; `nil` when nothing is called so.
  package static func cause(named name: String) -> Cause? {
    let wanted = name.lowercased()
    return causes.first { $0.names.contains { $0.lowercased() == wanted } }
  }

  /// The remark on that id, in any case; `nil` when there is none.
  package static func remark(named name: String) -> CatalogueRemark? {
    remark(CauseID(rawValue: name.lowercased()))
  }

  /// The cause of that id, code or alias, or the remark on that id, in any case; `nil` when nothing is called so.
  package static func entry(named name: String) -> Entry? {
    cause(named: name).map(Entry.cause) ?? remark(named: name).map(Entry.remark)
  }

  /// Whether `smtpprobe explain` has something to say about `id`.
  package static func explains(_ id: CauseID) -> Bool { entry(id) != nil }
}
