import FoundationEssentials
import TestSupport
import Testing

/// What other projects take from here: the package's files, and the jobs that run the tool.
@Suite("Packaging")
struct PackagingTests {
  @Test(
    "The commands of the GitHub action do what its inputs say",
    arguments: [
      ("lab:healthy", "--message-size 2000", "ok", 0),
      ("lab:reseg-513", "--split 513 --timeout 500ms", "ok", 1),
      ("lab:reseg-513", "--split 513 --timeout 500ms", "stalled@mail", 0),
    ])
  func action(target: String, options: String, expect: String, status: Int) async throws {
    let bench = try await Workbench()
    let script = try await bench.commands(
      of: ".github/actions/smtpprobe/action.yml",
      "print('\\n'.join('( set -e; ' + s['run'] + ')' for s in doc['runs']['steps']))")
    let run = try await bench.run(
      script,
      [
        "TARGET": target, "OPTIONS": options, "EXPECT": expect, "WAIT": "1", "REPORTS": "reports",
        "PACKAGE": "", "RUNNER_TEMP": bench.path,
      ])
    #expect(run.status == status, "\(run.output)\(run.errors)")
    let files = try await ChildProcess.run(["ls", bench.path + "/reports"]).output
    #expect(files == "session.html\nsession.json\nsession.xml\n")
  }

  @Test("The GitHub action says once that there is no server, however often it looked")
  func annotations() async throws {
    let bench = try await Workbench()
    let script = try await bench.commands(
      of: ".github/actions/smtpprobe/action.yml", "print(doc['runs']['steps'][-1]['run'])")
    let run = try await bench.run(
      script,
      [
        "TARGET": "127.0.0.1:1", "OPTIONS": "", "EXPECT": "ok", "WAIT": "3", "REPORTS": "",
        "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": bench.path + "/summary.md",
      ])
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    let annotations = (run.output + run.errors).split(separator: "\n").count {
      $0.hasPrefix("::error")
    }
    #expect(annotations == 1, "\(run.output)\(run.errors)")
    let titles = try await ChildProcess.run(["grep", "-c", "^# ", bench.path + "/summary.md"])
    #expect(titles.output == "1\n")
  }

  @Test(
    "The commands of the GitLab job do what its variables say",
    arguments: [("lab:healthy", "", "ok", 0), ("lab:fin-at-mail", "", "ok", 1)])
  func gitlab(target: String, options: String, expect: String, status: Int) async throws {
    let bench = try await Workbench()
    let script = try await bench.commands(
      of: ".packaging/gitlab-ci.yml", "print('set -e\\n' + '\\n'.join(doc['.smtpprobe']['script']))"
    )
    let run = try await bench.run(
      script,
      ["SMTP_TARGET": target, "SMTP_OPTIONS": options, "SMTP_EXPECT": expect, "SMTP_WAIT": "1"])
    #expect(run.status == status, "\(run.output)\(run.errors)")
    let files = try await ChildProcess.run(["sh", "-c", "ls \(bench.path)/session.*"]).output
    #expect(files.split(separator: "\n").count == 3)
  }

  @Test("The container is built of files and commands that are there")
  func container() async throws {
    let lines = try repositoryText(of: ".packaging/Containerfile").split(separator: "\n")
    #expect(lines.contains("RUN .packaging/deb /package"))
    for script in ["deb", "check"] {
      let check = try await ChildProcess.run([
        "bash", "-n", repositoryPath(of: ".packaging/" + script),
      ])
      #expect(check.status == 0, "\(check.errors)")
    }
    let order = try await ChildProcess.run([
      "python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())",
      repositoryPath(of: ".packaging/order"),
    ])
    #expect(order.status == 0, "\(order.errors)")
    // A symbol a line: the linker takes blanks for a part of a name, and finds none.
    let symbols = try repositoryText(of: ".packaging/order.txt").split(separator: "\n")
    #expect(symbols.count > 1_000 && Set(symbols).count == symbols.count)
    #expect(!symbols.contains { $0.contains(" ") })
    // What the build needs is what the README says.
    let needed = try #require(lines.first { $0.contains("libgnutls28-dev") })
    let readme = try repositoryText(of: "README.md")
    for package in ["libgnutls28-dev", "libgsasl-dev", "libunbound-dev"] {
      #expect(needed.contains(package) && readme.contains(package))
    }
  }
}

/// A folder in which commands of others' files run, with smtpprobe on the path.
private struct Workbench: ~Copyable {
  private let folder: Folder
  var path: String { folder.path }

  init() async throws {
    let folder = try Folder()
    _ = try await ChildProcess.run(["ln", "-s", Binary.path, folder.path + "/smtpprobe"])
    self.folder = folder
  }

  /// What `python` prints of the YAML document `doc`.
  func commands(of file: String, _ python: String) async throws -> String {
    let read = try await ChildProcess.run([
      "python3", "-c", "import sys, yaml\ndoc = yaml.safe_load(open(sys.argv[1]))\n" + python,
      repositoryPath(of: file),
    ])
    try #require(read.status == 0, "\(read.errors)")
    return read.output
  }

  func run(_ script: String, _ variables: [String: String]) async throws -> ChildProcess.Outcome {
    var environment = variables
    environment["PATH"] = path + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "")
    environment["SMTPPROBE_CONFIG"] = ""
    // One process each; a workflow of the machine's own is none of ours.
    environment["GITHUB_ACTIONS"] = variables["GITHUB_ACTIONS"] ?? ""
    environment["GITHUB_STEP_SUMMARY"] = variables["GITHUB_STEP_SUMMARY"] ?? ""
    return try await ChildProcess.run(
      ["bash", "-c", "cd \(path)\n" + script], environment: environment)
  }
}
