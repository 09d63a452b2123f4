import ArgumentParser

/// `smtpprobe lab …`: the misbehaving servers by themselves.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Misbehaving servers to test against, for any client.",
    discussion: """
      FIXTURE is the name of a fixture that is built in (smtpprobe lab list), or the path of a \
      file in the fixture language: a word that ends in .smtp, or begins with /, ./ or ../
      """,
    subcommands: [
      LabListCommand.self, LabShowCommand.self, LabServeCommand.self, LabEnterCommand.self,
      LabCheckCommand.self, LabLanguageCommand.self,
    ])
}
