import Diagnosis

/// A variation that took away a failure which no known cause explains.
struct Workaround: Encodable {
  let experiment: ReportedExperiment
  /// What a sending mail server has that does the same; empty where nothing is known.
  let remedies: Remedies

  private enum CodingKeys: String, CodingKey { case knob, variant, phrase, options, remedies }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(experiment.knob, forKey: .knob)
    try container.encode(experiment.variant, forKey: .variant)
    try container.encode(experiment.phrase, forKey: .phrase)
    try container.encode(experiment.options, forKey: .options)
    try container.encode(remedies, forKey: .remedies)
  }
}

extension DiagnosisReport {
  /// What to do where the session as given fails for no known reason and a variation passes: those that
  /// pass every time first.
  var workarounds: [Workaround] {
    guard result == .noCause else { return [] }
    let place = remedyPlace
    let gone = given.experiments.filter { $0.effect == .gone }
    return (gone.filter { $0.variants.failed == 0 } + gone.filter { $0.variants.failed > 0 }).map {
      Workaround(experiment: $0, remedies: Catalogue.workaround(by: $0.knob).filled(for: place))
    }
  }
}

extension ReportedExperiment {
  /// The options that make one session such a variant; none where no option does, or where they are not
  /// known from the words.
  var options: [String] {
    let option = "--" + knob.replacing("_", with: "-")
    switch (knob, variant) {
    case ("pipelining", "off"), ("chunking", "off"), ("fast_open", "off"), ("tls", "off"),
      ("pmtu_discovery", "dont"), ("split", "command"), ("split", "crlf"):
      return [option, variant]
    case ("nodelay", "on"): return [option]
    case ("pregreet", "off"): return ["--no-pregreet"]
    case ("keepalive", "on"): return [option, "1"]
    case ("family", "ipv4"): return ["-4"]
    case ("family", "ipv6"): return ["-6"]
    case ("ignore_keyword", let keyword) where keyword.allSatisfy({ $0.isLetter || $0.isNumber }):
      return [option, keyword]
    case ("mss", let size), ("split", let size), ("envelope_size", let size),
      ("message_size", let size), ("clienthello_size", let size), ("tls_record_size", let size):
      return Int(size) == nil ? [] : [option, size]
    default: return []
    }
  }
}
