/// Reads the sections `Network:` and `Network fault:`.
struct NetworkParser {
  private(set) var script = NetworkScript()

  /// Reads one section; call it for `Network:` first.
  mutating func read(_ lines: [SourceLine]) throws(FixtureError) {
    for line in lines {
      if let rule = try readPathRule(line) {
        script.pathRules.append(rule)
      } else {
        let sentence = try interpret(line, as: "word about the network", by: allNetworkPhrases)
        try apply(sentence, at: line)
      }
    }
  }

  private mutating func apply(_ sentence: NetworkSentence?, at line: SourceLine)
    throws(FixtureError)
  {
    switch sentence {
    case .routerMTU(let bytes, let heading):
      // The least that IPv6 lives with is 1280 (RFC 8200 section 5), and IPv4 gets by with 68.
      guard (68...1500).contains(bytes) else {
        throw line.error("an MTU of \(bytes) bytes is no use here", mend: "give 68 to 1500")
      }
      script.routerMTU[heading] = bytes
    case .routerSendsNoICMP: script.routerSendsNoICMP = true
    case .routerEndsTCP: script.hasProxy = true
    case .serverGrantsCookies:
      // 1 as a client, 2 as a server, 0x400 for every listener (ip-sysctl, tcp_fastopen).
      script.sysctls.append(
        KernelSetting(host: .server, name: "net.ipv4.tcp_fastopen", value: "1027"))
    case .serverForgetsCookies: script.serverForgetsCookies = true
    case .clientHasCookie: script.clientHasCookie = true
    case .clientForgotConnection(let port):
      guard (1...65_535).contains(port) else {
        throw line.error("there is no port \(port)", mend: "give 1 to 65535")
      }
      script.forgottenPort = port
    case .sysctl(let setting):
      guard setting.name.hasPrefix("net."), !setting.name.contains("/"),
        !setting.name.contains("..")
      else {
        throw line.error(
          "\"\(setting.name)\" is no setting of a network", mend: "name one that begins with net.")
      }
      script.sysctls.append(setting)
    case .filter(var rule):
      guard filterHooks.contains(rule.hook) else {
        throw line.error("I do not know \"\(rule.hook)\" as a hook of nft", known: filterHooks)
      }
      rule.line = line.number
      script.filters.append(rule)
    case nil: break
    }
  }
}

/// Where nft rules may hang.
let filterHooks = ["prerouting", "input", "forward", "output", "postrouting"]

/// The one list that an error shows; a line about the path was read before it is asked.
private let allNetworkPhrases: [Phrase<NetworkSentence?>] =
  networkPhrases.map { phrase in Phrase(phrase.pattern) { phrase.meaning($0) } }
  + pathPhrases.map { Phrase($0.pattern) { _ in nil } }

/// `path drops every 5th data packet towards the server`; `nil` when it is about something else.
func readPathRule(_ line: SourceLine) throws(FixtureError) -> PathRule? {
  let tokens = try phraseTokens(line)
  for phrase in pathPhrases {
    let words = phrase.pattern.split(separator: " ")
    guard let place = words.firstIndex(of: "PACKETS"), tokens.count >= words.count else { continue }
    let tail = words.count - place - 1
    let around = Array(tokens.prefix(place) + tokens.suffix(tail))
    let frame = (words.prefix(place) + words.suffix(tail)).joined(separator: " ")
    if let effect = Phrase(frame, phrase.meaning).match(around) {
      let packets = tokens[place..<(tokens.count - tail)]
      return PathRule(effect, try readPackets(Array(packets), of: line))
    }
  }
  return nil
}

/// `every 5th data packet towards the server longer than 600 bytes`.
private func readPackets(_ tokens: [PhraseToken], of line: SourceLine)
  throws(FixtureError) -> PacketSelection
{
  var rest = tokens[...]
  var selection = PacketSelection()
  if rest.first == .word("every"), let number = rest.dropFirst().first.flatMap(ordinal) {
    selection.every = number
    rest = rest.dropFirst(2)
  }
  guard let (kind, length) = head(of: rest, by: packetKindPhrases) else {
    throw line.error(
      "I do not know which packets \"\(rest.map(\.written).joined(separator: " "))\" are",
      known: ["every Nth"] + packetKindPhrases.map(\.pattern),
      mend: rest.first == .word("every")
        ? "write \"every 2nd\" or more; all of them go without"
        : nearPhrase(Array(rest.prefix(1)), among: packetKindPhrases.map(\.pattern)))
  }
  selection.kind = kind
  rest = rest.dropFirst(length)
  while !rest.isEmpty {
    guard let (narrow, length) = head(of: rest, by: packetQualifierPhrases) else {
      throw line.error(
        "I do not know what \"\(rest.map(\.written).joined(separator: " "))\" says about packets",
        known: packetQualifierPhrases.map(\.pattern),
        mend: nearPhrase(Array(rest), among: packetQualifierPhrases.map(\.pattern)))
    }
    narrow(&selection)
    rest = rest.dropFirst(length)
  }
  return selection
}

/// The meaning of the phrase that `tokens` begin with, and how many tokens it takes.
private func head<Meaning>(of tokens: ArraySlice<PhraseToken>, by table: [Phrase<Meaning>])
  -> (Meaning, Int)?
{
  for phrase in table {
    let length = phrase.pattern.split(separator: " ").count
    if let meaning = phrase.match(Array(tokens.prefix(length))) { return (meaning, length) }
  }
  return nil
}

/// 5 for `5th`; `nil` for what is no ordinal number above 1.
private func ordinal(_ token: PhraseToken) -> Int? {
  guard case .word(let word) = token else { return nil }
  for ending in ["st", "nd", "rd", "th"] where word.hasSuffix(ending) {
    if let number = Int(word.dropLast(2)), number > 1 { return number }
  }
  return nil
}
