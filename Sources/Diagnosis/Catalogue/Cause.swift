/// One known cause of stalled or broken deliveries: its prose, its remedies, and what makes it a suspect.
///
/// All text is plain ASCII of our own and safe to print anywhere.
package struct Cause: Sendable {
  /// The same word in reports and documents: `reseg-boundary-loss`.
  package var id: CauseID
  /// The short form: the letter of the family and a number, `A1`.
  package var code: String
  /// Other words for the same cause.
  package var aliases: [CauseID]
  /// What people call it, or look for when they meet it: products, lists, providers, errors. No name: several
  /// entries may have the same.
  var alsoCalled: [String]
  /// One line.
  package var title: String
  /// What happens and why, a paragraph.
  package var mechanism: String
  /// What a session shows, in the words of the report.
  package var symptoms: String
  /// What tells it apart from its ``twins``.
  package var experiment: String
  package var remedies: Remedies
  /// Where it is known from: RFC sections, change logs, public pages, seed stories by number.
  package var sources: [String]
  /// Causes that look alike from the client, but for those whose own files name this one.
  var namedTwins: [CauseID]
  /// Whether it makes no session of ours fail: it delays it, or misleads other readers.
  var failsNoSession: Bool
  /// Whether it only says that nothing else was found: it leaves room for whatever a session shows by
  /// itself.
  var isLastResort: Bool
  /// The option whose failing values are the number that its remedy needs; `nil` where none is.
  package var number: SweepOption?
  /// Ways to fail that make it a suspect; none where it is a matter of other instruments, and is explained
  /// and never claimed.
  var rules: [CauseRule]

  /// A cause. Its file and one of a twin's name the pair: not both.
  init(
    id: CauseID, code: String, aliases: [CauseID] = [], alsoCalled: [String] = [], title: String,
    mechanism: String, symptoms: String, experiment: String, remedies: Remedies, sources: [String],
    twins: [CauseID] = [], failsNoSession: Bool = false, isLastResort: Bool = false,
    number: SweepOption? = nil, rules: [CauseRule] = []
  ) {
    self.id = id
    self.code = code
    self.aliases = aliases
    self.alsoCalled = alsoCalled
    self.title = title
    self.mechanism = mechanism
    self.symptoms = symptoms
    self.experiment = experiment
    self.remedies = remedies
    self.sources = sources
    namedTwins = twins
    self.failsNoSession = failsNoSession
    self.isLastResort = isLastResort
    self.number = number
    self.rules = rules
  }
}

extension Cause {
  /// The family that the code begins with.
  package var family: CatalogueFamily? { CatalogueFamily(rawValue: String(code.prefix(1))) }

  /// Every word that names this cause, the id first.
  package var names: [String] { [id.rawValue, code] + aliases.map(\.rawValue) }

  /// Ids of the causes that look alike from the client, in the order of the catalogue; each of them has this
  /// one too.
  package var twins: [CauseID] { Catalogue.twins[id] ?? [] }

  /// Its place in the catalogue: by family, and by number.
  var place: (family: Int, number: Int) {
    let families = CatalogueFamily.allCases
    return (
      family.flatMap(families.firstIndex) ?? families.count, Int(code.dropFirst()) ?? .max
    )
  }

  /// The cause with the placeholders of its remedies filled in, as far as `place` knows them.
  package func filled(for place: RemedyPlace) -> Cause {
    var cause = self
    cause.remedies = remedies.filled(for: place)
    return cause
  }
}
