import ArgumentParser
import Manual
import Reporting

extension CommandPaper {
  /// A command as the argument parser knows it, with all below it.
  ///
  /// The parser tells of itself in JSON only.
  init?(of command: (some ParsableCommand).Type) {
    let text = Array(command._dumpHelp().utf8)
    guard let root = (try? JSONValue(text[...]))?["command"] else {
      return nil
    }
    self.init(root, group: nil)
  }

  private init(_ json: JSONValue, group: String?) {
    let own = json["commandName"]?.text ?? ""
    // The tool's own name stands in front of all.
    let name = group.map { $0.isEmpty ? own : $0 + " " + own } ?? ""
    let arguments = (json["arguments"]?.elements ?? []).filter {
      $0["shouldDisplay"]?.isTrue == true
    }
    self.init(
      name: name, abstract: json["abstract"]?.text ?? "",
      discussion: json["discussion"]?.text ?? "",
      options: arguments.filter { $0["kind"]?.text != "positional" }.map(Option.init),
      operands: arguments.filter { $0["kind"]?.text == "positional" }
        .compactMap { $0["valueName"]?.text },
      commands: (json["subcommands"]?.elements ?? []).map { CommandPaper($0, group: name) }
        .filter { $0.name != "help" })
  }
}

extension CommandPaper.Option {
  fileprivate init(_ json: JSONValue) {
    let spellings = (json["names"]?.elements ?? []).compactMap { name in
      name["name"]?.text.map { (name["kind"]?.text == "short" ? "-" : "--") + $0 }
    }
    let choices = json["completionKind"]?["list"]?["values"]?.elements ?? []
    self.init(
      spellings: spellings,
      value: json["kind"]?.text == "option" ? json["valueName"]?.text : nil,
      section: json["sectionTitle"]?.text, help: json["abstract"]?.text ?? "",
      choices: choices.compactMap(\.text))
  }
}
