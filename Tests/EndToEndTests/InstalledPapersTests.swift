import TestSupport
import Testing

/// What a package puts beside the tool, in the programs that read it.
@Suite("The manual page and the completions")
struct InstalledPapersTests {
  @Test("The manual page has no fault that mandoc knows")
  func lint() async throws {
    let page = try await Binary.run(["manual", "--man"])
    #expect(page.status == 0)
    #expect(try await faults(of: page.output).isEmpty)
    let text = try await ChildProcess.run(
      ["mandoc", "-T", "ascii"], input: Array(page.output.utf8))
    // Bold is a letter, a backspace and the letter again.
    let plain = text.output.replacing(#/.\x08/#, with: "")
    for words in [
      "EXIT STATUS", "ENVIRONMENT", "EXAMPLES", "SMTPPROBE_AUTH_USER", "--envelope-size",
      "lab serve",
      "--certificate-name", "smtpprobe diagnose lab:reseg-513 --split 513", "rejected (5xx)",
      "mx:example.com",
    ] {
      #expect(plain.contains(words), "\(words)")
    }
  }

  @Test(
    "So has that of each command, and it tells of the command alone",
    arguments: [
      ("probe", "--envelope-size", "--max-sessions"),
      ("lab", "--certificate-name", "--split-delay"),
      ("scan", "--shard-count", "--max-sessions"), ("diagnose", "--max-connections", "--shard"),
      ("check", "--wait", "--shard"), ("manual", "--completion", "--shard"),
    ])
  func commands(command: String, words: String, others: String) async throws {
    let page = try await Binary.run(["manual", "--man", command])
    #expect(page.status == 0)
    #expect(try await faults(of: page.output).isEmpty)
    let text = try await ChildProcess.run(
      ["mandoc", "-T", "ascii"], input: Array(page.output.utf8))
    let plain = text.output.replacing(#/.\x08/#, with: "")
    #expect(plain.contains("smtpprobe-\(command) - ") && plain.contains("smtpprobe(1)"))
    #expect(plain.contains(words) && !plain.contains(others), "\(plain)")
  }

  @Test("All of them are written into a folder, each named after its command")
  func folder() async throws {
    let folder = try Folder()
    #expect(try await Binary.run(["manual", "--man-pages", folder.path]).status == 0)
    let names = try await ChildProcess.run(["ls", folder.path]).output.split(separator: "\n")
    #expect(names.contains("smtpprobe.1") && names.contains("smtpprobe-lab.1") && names.count > 10)
    for name in names {
      let page = try folder.text(of: String(name))
      #expect(try await faults(of: page).isEmpty, "\(name)")
    }
    #expect(try await Binary.run(["manual", "--man-pages", "/nowhere"]).status == 73)
    let unknown = try await Binary.run(["manual", "--man", "swep"])
    #expect(unknown.status == 64 && unknown.errors.contains("sweep"))
  }

  /// What mandoc finds wrong, but for pages of ours that are not installed here.
  private func faults(of page: String) async throws -> [Substring] {
    try await ChildProcess.run(["mandoc", "-T", "lint"], input: Array(page.utf8)).output
      .split(separator: "\n").filter {
        !$0.contains("referenced manual not found: Xr smtpprobe")
      }
  }

  /// A line, and what must be among what completes its last word.
  private static let completed = [
    ("smtpprobe swe", "sweep"), ("smtpprobe host --tls imp", "implicit"),
    ("smtpprobe host --tls=re", "require"), ("smtpprobe host --envelope-s", "--envelope-size"),
    ("smtpprobe --pipelining a", "auto"), ("smtpprobe lab:reseg-513-", "reseg-513-hung-server"),
    ("smtpprobe diagnose host --clienthello-", "--clienthello-size"),
    ("smtpprobe diagnose lab:reseg-513-", "reseg-513-hung-server"),
    ("smtpprobe explain reseg-boundary-l", "reseg-boundary-loss"),
    ("smtpprobe explain D1", "D14"), ("smtpprobe lab sho", "show"),
    ("smtpprobe lab serve healthy-sta", "healthy-starttls"),
    ("smtpprobe lab serve healthy --certificate-o", "--certificate-out"),
    ("smtpprobe manual exi", "exit-status"), ("smtpprobe host --expect stalled@ma", "stalled@mail"),
    ("smtpprobe report --format prom", "prometheus"),
    ("smtpprobe --data /etc/passw", "/etc/passwd"),
  ]

  @Test("bash completes by it")
  func bash() async throws {
    let file = try await script("bash")
    for (line, word) in Self.completed {
      let told = try await ChildProcess.run(
        [
          "bash", "--norc", "-c",
          ". \(file.path); COMP_LINE=$LINE; COMP_POINT=${#LINE}; _smtpprobe; printf '%s\\n' \"${COMPREPLY[@]}\"",
        ], environment: ["LINE": line])
      #expect(
        told.errors.isEmpty && told.output.split(separator: "\n").contains { $0 == word },
        "\(line): \(told)")
    }
  }

  @Test("fish completes by it")
  func fish() async throws {
    let file = try await script("fish")
    // It makes folders in its home.
    let home = try Folder()
    for (line, word) in Self.completed {
      let told = try await ChildProcess.run(
        ["fish", "--no-config", "-c", "source \(file.path); complete -C $LINE"],
        environment: [
          "LINE": line, "HOME": home.path, "XDG_DATA_HOME": home.path, "XDG_CONFIG_HOME": home.path,
          "XDG_CACHE_HOME": home.path,
        ])
      let words = told.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
      #expect(words.contains { $0.hasSuffix(word) }, "\(line): \(told)")
    }
  }

  @Test("zsh completes by it, at a terminal")
  func zsh() async throws {
    let file = try await script("zsh")
    let lines = Self.completed.filter { $0.1 != "D14" }
    let told = try await ChildProcess.run(
      ["python3", "-c", Self.terminal, file.path] + lines.map(\.0))
    #expect(told.status == 0, "\(told.errors)")
    let words = told.output.split(separator: "\n")
    try #require(words.count == lines.count, "\(told)")
    for ((line, word), told) in zip(lines, words) {
      #expect(told.hasSuffix(word), "\(line): \(told)")
    }
  }

  private func script(_ shell: String) async throws -> Scratch {
    let made = try await Binary.run(["manual", "--completion", shell])
    #expect(made.status == 0, "\(made.errors)")
    return try Scratch(Array(made.output.utf8))
  }

  /// Types each line and Tab into zsh, and prints what stands there then.
  private static let terminal = """
    import os, pty, re, select, sys, time
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="dumb", COLUMNS="200", HOME="/dev/null")
        os.execvp("zsh", ["zsh", "-f", "-i"])
    def read(until):
        text, end = "", time.time() + 60
        while until not in text and time.time() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                text += os.read(terminal, 65536).decode("utf-8", "replace")
        return text
    # A command line is taken as a text and printed; what is typed is echoed, too.
    setup = ("PS1=; PROMPT_SP=; unsetopt zle_bracketed_paste prompt_cr prompt_sp; autoload -U compinit; compinit -u -D; "
        "show() { print -r -- \\"<$BUFFER>\\"; BUFFER=; zle accept-line }; zle -N show; bindkey '^X' show; "
        "source %s; print rea''dy\\n" % sys.argv[1])
    os.write(terminal, setup.encode())
    read("ready\\r\\n")
    for line in sys.argv[2:]:
        os.write(terminal, line.encode() + b"\\t\\x18")
        told = read(">")
        print(re.findall("<(smtpprobe[^>]*?) ?>", told)[-1])
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    """
}
