import SessionOptions
import SessionTrace

/// The names and addresses in a saved document that a mode keeps out of it.
struct PrivateWords {
  let mode: RedactionMode
  var standIns = StandIns()
  private var servers: Set<String> = []

  /// Looks the document through. `own` are words of this host that the document cannot be asked for.
  init(in document: JSONValue, mode: RedactionMode, own: [String], ownPaths: [String]) {
    self.mode = mode
    for word in own { add(user: word) }
    for path in ownPaths { standIns.add(name: path) }
    findServers(document)
    find(document)
  }

  var isAll: Bool { mode == .all }

  /// A host name or a user. One word could be one of the protocol's own.
  mutating func add(ownName name: String) {
    if name.contains(".") {
      standIns.add(name: name.lowercased())
      let label = String(name.prefix { $0 != "." })
      if label.utf8.count > 3 { add(ownName: label) }
    } else if name.utf8.count > 1, !name.allSatisfy(\.isNumber),
      !Self.commonWords.contains(name.lowercased())
    {
      standIns.add(name: name)
    }
  }

  private static let commonWords = Set(
    Stage.allCases.map(\.rawValue) + [
      "root", "localhost", "localdomain", "smtpprobe", "from", "to", "helo", "lhlo", "noop", "bdat",
      "null", "smtp", "esmtp", "lmtp", "server", "client", "host", "user", "info", "text", "bytes",
      "message", "session", "reply",
      // Without which no sentence of ours can be read.
      "an", "and", "are", "as", "at", "be", "but", "by", "for", "had", "has", "have", "if", "in",
      "is", "it", "its", "no", "none", "not", "of", "off", "on", "one", "or", "so", "than", "that",
      "the", "this", "was", "we", "what", "when", "where", "which", "who", "with",
    ] + OptionTable.all.flatMap(\.choices))

  /// Addresses of servers first: others in their replies are ours as they see us.
  private mutating func findServers(_ value: JSONValue) {
    for session in objects(in: value) where session["target"] != nil {
      let target = session["target"] ?? .null
      servers.formUnion([target["address"]?.text, target["host"]?.text].compactMap(\.self))
      for attempt in elements(session["attempts"]) {
        if let address = attempt["address"]?.text { servers.insert(address) }
      }
    }
  }

  private mutating func find(_ value: JSONValue) {
    for object in objects(in: value) {
      guard case .object(let members) = object else { continue }
      if object["lines"] != nil, object["code"] != nil { find(reply: object) }
      for member in members { find(member.name, member.value) }
    }
  }

  private mutating func find(_ name: String, _ value: JSONValue) {
    switch (name, value) {
    case ("local_address", .text(let text)), ("reporter", .text(let text)):
      if text.contains("/") {
        standIns.add(name: text)
      } else if !servers.contains(text) {
        standIns.add(address: text)
      }
    case ("reporters", .list(let hops)):
      for hop in hops {
        if let address = hop["address"]?.text, !servers.contains(address) {
          standIns.add(address: address)
        }
      }
    case ("arguments", .list(let words)):
      // The program keeps its name, by which its words are known for a command line; where it lies is ours.
      let program = words.first?.text?.split(separator: "/").dropLast().joined(separator: "/")
      if let program, program.contains(where: \.isLetter) { standIns.add(name: program) }
      let typed = words.dropFirst().compactMap(\.text)
      for word in typed { find(argument: word) }
      find(commandLine: typed)
    case ("options", .object(let options)):
      for option in options {
        for text in texts(option.value) {
          find(argument: text)
          if let naming = OptionTable.naming(ofKey: option.name) { find(naming, text) }
        }
      }
    case ("text", .text(let text)), ("command", .text(let text)): find(command: text)
    case (let name, _) where Self.sentences.contains(name):
      for text in texts(value) { find(sentence: text) }
    case ("target", .object) where value["host"] != nil: find(target: value)
    // Of a domain, which may have no session that would name it.
    case ("target", .text(let given)) where isAll: find(given: given)
    case ("attempts", .list(let attempts)) where isAll:
      for attempt in attempts { if let text = attempt["address"]?.text { add(server: text) } }
    case ("places", .list(let places)) where isAll:
      for place in places {
        for key in ["host", "address"] { if let text = place[key]?.text { add(server: text) } }
      }
    case ("failed_lookups", .list(let lookups)) where isAll:
      for lookup in lookups { if let text = lookup["name"]?.text { add(server: text) } }
    case ("tls_policies", .list(let policies)) where isAll:
      for policy in policies {
        for key in ["domain", "host"] { if let text = policy[key]?.text { add(server: text) } }
        guard case .list(let lines)? = policy["strings"] else { continue }
        for case let line? in lines.map(\.text) where line.hasPrefix("mx: ") {
          add(server: String(line.dropFirst(line.hasPrefix("mx: *.") ? 6 : 4)))
        }
      }
    case ("server_name", .text(let text)) where isAll: add(server: text)
    case ("certificates", .list(let certificates)) where isAll:
      for certificate in certificates {
        for text in texts(certificate["names"]) { add(server: text) }
        for part in certificate["subject"]?.text?.split(separator: ",") ?? [] {
          if let sign = part.firstIndex(of: "=") { add(server: String(part[sign...].dropFirst())) }
        }
      }
    case ("left_over_recipients", .list) where isAll:
      for text in texts(value) { standIns.add(mailAddress: text) }
    case ("sender", .text(let text)) where isAll, ("recipient", .text(let text)) where isAll:
      standIns.add(mailAddress: text)
    default: break
    }
  }

  /// Keys of our own sentences, and of what a diagnosis varied: both may name a server that no session came to.
  private static let sentences: Set = [
    "notes", "reason", "because", "against", "open", "limits", "obstacle", "base", "phrase",
    "variant", "control",
  ]

  private mutating func find(target: JSONValue) {
    let local = target["local_address"]?.text
    for key in ["host", "address"] {
      guard let text = target[key]?.text else { continue }
      // A server on this very host has our address; a UNIX socket is a path of ours.
      if text.contains("/") {
        standIns.add(name: text)
      } else if text == local {
        standIns.add(address: text)
      } else if isAll {
        add(server: text)
      }
    }
    if isAll, let given = target["given"]?.text { find(given: given) }
  }

  private mutating func find(given target: String) {
    for part in target.split(whereSeparator: { ":@[]".contains($0) }) { add(server: String(part)) }
  }

  /// A server's name or address, and the domain that it is in.
  mutating func add(server name: String) {
    if NumericAddress(name) != nil { return standIns.add(address: name) }
    let labels = name.lowercased().split(separator: ".")
    guard labels.count > 1, !name.contains("/"), !name.contains(" "), !name.contains(":") else {
      return
    }
    standIns.add(name: labels.filter { $0 != "*" }.joined(separator: "."))
    if labels.count > 2 { standIns.add(name: labels.suffix(2).joined(separator: ".")) }
  }

  /// Whatever has a path in it, behind an option's `=` and a kind's `:` too.
  private mutating func find(argument word: String) {
    let part = word.split(whereSeparator: { "=:@".contains($0) }).first { $0.contains("/") }
    if let part, !word.contains("://"), part.contains(where: \.isLetter) {
      standIns.add(name: String(part))
    }
    if isAll, word.contains("@"), !word.contains("/") {
      for text in word.split(whereSeparator: { "=<>,; ".contains($0) }) where text.contains("@") {
        standIns.add(mailAddress: String(text))
      }
    }
  }

  /// The name that we greet with, and the addresses of an envelope.
  private mutating func find(command: String) {
    let words = command.split(separator: " ")
    if words.count > 1, ["EHLO", "HELO", "LHLO"].contains(words[0].uppercased()) {
      add(ownName: String(words[1]))
    }
    guard isAll else { return }
    for piece in command.split(separator: "<").dropFirst() {
      standIns.add(mailAddress: String(piece.prefix { $0 != ">" }))
    }
  }

  /// A server says its name first, and then often ours, as it sees us.
  private mutating func find(reply: JSONValue) {
    let stage = reply["stage"]?.text
    for (place, line) in texts(reply["lines"]).enumerated() {
      let words = line.split { !(isWord($0.utf8.first ?? 0) || ".-:".contains($0)) }.map {
        String($0.drop { ".:-".contains($0) })
      }
      let greets = place == 0 && (stage == "banner" || stage == "ehlo")
      if greets, isAll, let name = words.first { add(server: name) }
      for (index, word) in words.enumerated() where !servers.contains(word) {
        if NumericAddress(word) != nil {
          standIns.add(address: word)
        } else if greets, stage == "ehlo", index > 0, word.contains("."), word.last != "." {
          add(ownName: word)
        }
      }
    }
  }
}

/// Every object in the value, the outermost first.
private func objects(in value: JSONValue) -> [JSONValue] {
  switch value {
  case .object(let members): [value] + members.flatMap { objects(in: $0.value) }
  case .list(let values): values.flatMap(objects)
  case .null, .flag, .number, .text: []
  }
}

private func elements(_ value: JSONValue?) -> [JSONValue] {
  if case .list(let values) = value { values } else { [] }
}

/// The texts that stand in a list, or the one that it is.
private func texts(_ value: JSONValue?) -> [String] {
  switch value {
  case .text(let text): [text]
  case .list(let values): values.compactMap(\.text)
  case .object, .null, .flag, .number, nil: []
  }
}
