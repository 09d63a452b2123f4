import TestSupport
import Testing

/// The configuration file and the variables, as a user has them.
@Suite("The configuration")
struct ConfigurationFileTests {
  @Test(
    "flag before environment, environment before file, and the report says where an option is from")
  func precedence() async throws {
    let file = try Scratch(Array("timeout 11s\nehlo file.example\n# x\nmss 600\n".utf8))
    let environment = ["SMTPPROBE_CONFIG": file.path, "SMTPPROBE_EHLO": "variable.example"]
    let run = try await Binary.run(
      ["lab:healthy", "--mss", "700", "--format", "json"], environment: environment)
    #expect(run.status == 0, "\(run.errors)")
    for words in [
      #""mss" : 700"#, #""ehlo" : "variable.example""#, #""timeout" : "11s""#,
      "--ehlo variable.example is from SMTPPROBE_EHLO",
      "--timeout 11s is from the configuration file, line 1",
    ] {
      #expect(run.output.contains(words), "\(words): \(run.output.prefix(3_000))")
    }
    let without = try await Binary.run(
      ["lab:healthy", "--no-config", "--format", "json"], environment: environment)
    #expect(without.status == 0, "\(without.errors)")
    #expect(!without.output.contains("variable.example") && !without.output.contains("11s"))
    let saved = try Scratch(Array(run.output.utf8), ending: ".json")
    let again = try await Binary.run(["compare", saved.path, "lab:healthy"])
    // What takes longer on a busy machine is a difference too, and no other outcome.
    #expect(again.status == 0 || again.output.contains("The outcome is the same"), "\(again)")
    #expect(!again.output.contains("variable.example"), "\(again.output)")
  }

  @Test("is found where the XDG Base Directory Specification says")
  func place() async throws {
    let folder = try Folder()
    _ = try await ChildProcess.run([
      "sh", "-c",
      "cd \(folder.path) && mkdir -p x/smtpprobe h/.config/smtpprobe && echo ehlo x.example >x/smtpprobe/config && echo ehlo h.example >h/.config/smtpprobe/config",
    ])
    for (name, place, ehlo) in [("XDG_CONFIG_HOME", "x", "x.example"), ("HOME", "h", "h.example")] {
      let run = try await ChildProcess.run([
        "env", "-i", "\(name)=\(folder.path)/\(place)", Binary.path, "lab:healthy", "--plan",
      ])
      #expect(run.output.contains("EHLO \(ehlo)"), "\(run)")
    }
    let nowhere = try await ChildProcess.run(["env", "-i", Binary.path, "lab:healthy", "--silent"])
    #expect(nowhere.status == 0)
  }

  @Test(
    "that is wrong is told with file and line",
    arguments: [
      ("ehlo a\n\ntimout 5s\n", ["lab:healthy"], ":3: ", "did you mean timeout?"),
      ("data a.eml\n", ["diagnose", "lab:healthy"], ":1: ", "command line"),
    ])
  func wrong(text: String, words: [String], place: String, mend: String) async throws {
    let file = try Scratch(Array(text.utf8))
    let run = try await Binary.run(words, environment: ["SMTPPROBE_CONFIG": file.path])
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains(file.path + place) && run.errors.contains(mend), "\(run.errors)")
    // Commands without sessions of the user's do not read it.
    let other = try await Binary.run(
      ["lab", "show", "healthy"], environment: ["SMTPPROBE_CONFIG": file.path])
    #expect(other.status == 0)
  }

  @Test("that is named and not there is told; a variable by its name")
  func absent() async throws {
    let run = try await Binary.run(
      ["lab:healthy"], environment: ["SMTPPROBE_CONFIG": "/nonexistent/config"])
    #expect(run.status == 66 && run.errors.contains("/nonexistent/config"))
    let variable = try await Binary.run(["lab:healthy"], environment: ["SMTPPROBE_TLS": "maybe"])
    #expect(variable.status == 64 && variable.errors.contains("SMTPPROBE_TLS: "))
  }
}
