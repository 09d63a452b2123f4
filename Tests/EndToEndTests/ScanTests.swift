import Glibc
import Manual
import Reporting
import TestSupport
import Testing

/// `scan` and `merge` as a user runs them.
@Suite("scan")
struct ScanTests {
  @Test("visits some hundreds of lab servers, each result valid by the schema, tags untouched")
  func hundreds() async throws {
    let names = ["healthy", "healthy-starttls", "fin-at-mail", "rst-at-data"]
    var list = "# lab servers\n\n"
    for number in 0..<300 {
      list += #"{"target": "lab:\#(names[number % 4])", "tag": {"n":  \#(number).0}}"# + "\n"
    }
    let file = try Scratch(Array(list.utf8))
    let run = try await Binary.run(["scan", file.path, "--per-host", "20", "--timeout", "20s"])
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 301)
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix(#"{"status":""#) })
    for number in 0..<300 { #expect(run.output.contains(#""tag":{"n":  \#(number).0},"#)) }
    let counts = try JSONValue(Array(lines[300].utf8)[...])["counts"]
    #expect(counts?["ok"]?.integer == 150 && counts?["closed"]?.integer == 75)
    #expect(counts?["reset"]?.integer == 75)
    #expect(run.errors.contains("300 of 300 targets") && run.errors.contains("--seed "))
    let schema = try await Binary.run(["schema", "scan"]).output
    for line in [lines[0], lines[150], lines[300]] {
      let check = try await validate(Array(line.utf8), by: Array(schema.utf8))
      #expect(check.status == 0, "\(line) \(check.errors)")
    }
    let wrong = lines[0].replacing(#"{"status":""#, with: #"{"status":"un"#)
    #expect(try await validate(Array(wrong.utf8), by: Array(schema.utf8)).status != 0)
  }

  @Test(
    "refuses what cannot be used before anything is sent, with the file, the line and the status",
    arguments: [
      (
        "lab:healthy\nlab:healthy --splt 5\n", [], 65, ":2: no option --splt; did you mean --split?"
      ),
      ("lab:healthy\n", ["--exclude", "/nonexistent"], 66, "/nonexistent"),
      ("lab:healthy\n", ["--format", "json"], 64, "--format is for one session"),
      ("lab:healthy\n", ["--jobs", "0"], 64, "--jobs 0: give 1 to"),
      ("lab:healthy\n", ["--shard", "3/2"], 64, "give K/N"),
      ("lab:healthy\n", ["--shard-count", "3"], 64, "--shard K/N"),
      ("lab:healthy\n", ["--tls", "of"], 64, "--tls"),
      ("mx.example.org\n", ["--message-size", "5"], 64, "--yes"),
    ] as [(String, [String], Int, String)])
  func refused(list: String, options: [String], status: Int, problem: String) async throws {
    let file = try Scratch(Array(list.utf8))
    let run = try await Binary.run(["scan", file.path] + options)
    #expect(run.status == status && run.output.isEmpty)
    #expect(run.errors.contains(problem), "\(run.errors)")
  }

  @Test("that is killed at any moment goes on, and every target has its result")
  func killed() async throws {
    let list = try Scratch(Array((0..<200).map { "lab:healthy --ehlo h\($0)\n" }.joined().utf8))
    let journal = try Scratch([])
    let output = try Scratch([])
    let command =
      "exec \(Binary.path) scan \(list.path) --per-host 2 --resume \(journal.path) >> \(output.path)"
    for delay in [30, 90, 150, 210] as [UInt32] {
      let scan = try ChildProcess(["/bin/sh", "-c", command])
      usleep(delay * 1000)
      scan.send(signal: SIGKILL)
      _ = try await scan.outcome()
    }
    let last = try await ChildProcess.run(["/bin/sh", "-c", command])
    #expect(last.status == 0 && last.errors.contains("200 of 200 targets"), "\(last.errors)")
    let merged = try await Binary.run(["merge", output.path])
    #expect(merged.status == 0, "\(merged.errors)")
    #expect(merged.output.split(separator: "\n").count == 201)
    let again = try await ChildProcess.run(["/bin/sh", "-c", command])
    #expect(again.status == 0 && again.errors.contains("200 of them done before"))
  }

  @Test("writes to a file, goes on in it behind half a line, and leaves the list alone")
  func toAFile() async throws {
    let list = try Scratch(Array("lab:healthy\nlab:healthy --ehlo b\n".utf8))
    let journal = try Scratch([])
    let output = try Scratch(Array("what was there\n".utf8))
    let scan = ["scan", list.path, "-o", output.path]
    let first = try await Binary.run(scan)
    #expect(first.status == 0 && first.output.isEmpty, "\(first.errors)")
    let merged = try await Binary.run(["merge", output.path])
    #expect(merged.status == 0 && merged.output.split(separator: "\n").count == 3)
    // What a kill leaves.
    let cut = try Scratch(Array(#"{"status":"ok","tar"#.utf8))
    let on = try await Binary.run(["scan", list.path, "-o", cut.path, "--resume", journal.path])
    #expect(on.status == 0, "\(on.errors)")
    let lines = try cut.text().split(separator: "\n")
    #expect(
      lines.count == 4 && lines.dropFirst().allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    let itself = try await Binary.run(["scan", list.path, "-o", list.path])
    #expect(itself.status == 64 && itself.errors.contains("the list itself"))
    let left = try list.text()
    #expect(left.hasPrefix("lab:healthy\n"))
  }

  @Test("that is interrupted sums up what there is, and can be taken up")
  func interrupted() async throws {
    let list = try Scratch(Array("lab:healthy\nlab:silent-at-banner\n".utf8))
    let journal = try Scratch([])
    let scan = try ChildProcess([
      Binary.path, "scan", list.path, "--timeout", "10m", "--resume", journal.path,
    ])
    _ = try await scan.awaited { lines in lines.first { $0.contains(#""status":"ok""#) } }
    scan.send(signal: SIGINT)
    let outcome = try await scan.outcome()
    #expect(outcome.status == 130)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].contains(#""complete":false"#))
    let rest = try await Binary.run([
      "scan", list.path, "--timeout", "10m", "--resume", journal.path, "--plan",
    ])
    #expect(rest.status == 0 && rest.output.contains("no connection was opened"))
  }

  /// Runs a script in a folder of its own where `smtpprobe` is this build's.
  private func script(_ text: String) async throws -> ChildProcess.Outcome {
    let folder = Binary.path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
    return try await ChildProcess.run([
      "/bin/bash", "-c",
      """
      set -e; export PATH="\(folder):$PATH"; folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
      cd "$folder"
      \(text)
      """,
    ])
  }

  @Test(
    "in parts is joined again: each result once, other plans refused, what is missing told",
    arguments: [
      ("merge 1 2 3", 0, "40 of 40 targets"), ("merge 1 3 2 2", 0, "told again, and left out"),
      ("merge 1 3", 1, "missing: shard 2 of 3"), ("merge 1 3", 1, "missing: target "),
      ("merge 1 2 3 other", 65, "different scans"), ("merge 1 parts", 65, "one has 2 shards"),
      ("merge 1 list", 65, "no line of a scan"), ("merge 1 none", 66, "none"),
      ("merge 1 2 cut", 1, "cut short"),
    ])
  func merged(words: String, status: Int, told: String) async throws {
    let outcome = try await script(
      """
      for n in $(seq 40); do echo 127.0.9.$n:1; done > hosts
      for k in 1 2 3; do smtpprobe scan hosts --shard $k/3 > $k 2>/dev/null; done
      smtpprobe scan hosts --pregreet > other 2>/dev/null
      smtpprobe scan hosts --shard 1/2 > parts 2>/dev/null
      head -c 200 3 > cut
      echo '{"kind":"session"}' > list
      smtpprobe \(words) > merged || exit $?
      test "$(wc -l < merged)" = 41
      test "$(cut -d'"' -f8 merged | sort -u | wc -l)" = 41
      """)
    #expect(outcome.status == status && outcome.errors.contains(told), "\(outcome.errors)")
  }

  @Test("The commands of the manual's page do what it says")
  func manual() async throws {
    let page = try #require(ManualPage.page(on: "scan")?.text)
    let blocks = page.split(separator: "```").filter { $0.hasPrefix("sh\n") }
      .map { $0.dropFirst(3) }
    let slurm = try #require(blocks.first { $0.contains("#SBATCH") })
    let args = try #require(page.split(separator: "- smtpprobe scan").last)
    let kubernetes = "smtpprobe scan" + args.prefix { $0 != "\n" }
    let outcome = try await script(
      blocks.filter { !$0.contains("#SBATCH") }.joined(separator: "\n")
        + """

        cat > slurm.sh <<'END'
        \(slurm)
        END
        for id in 0 1 2 3; do
          SLURM_ARRAY_TASK_ID=$id SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=4 sh slurm.sh
          SMTPPROBE_SHARDS=4 JOB_COMPLETION_INDEX=$id sh -c '\(kubernetes)'
        done
        for parts in 'part.*.jsonl' 'slurm.*.jsonl' 'k8s.*.jsonl'; do
          smtpprobe merge $parts | tail -1
        done
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("no connection was opened"))
    let summaries = outcome.output.split(separator: "\n").suffix(3)
    for summary in summaries {
      #expect(summary.contains(#""complete":true,"targets":3,"#))
      #expect(summary.contains(#""counts":{"ok":1,"stalled":1,"unreachable":1}"#))
    }
    #expect(summaries.count == 3)
    #expect(outcome.errors.contains("shard 2/4 from SLURM_ARRAY_TASK_ID"))
    #expect(outcome.errors.contains("shard 4/4 from JOB_COMPLETION_INDEX"))
  }
}
