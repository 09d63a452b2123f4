import Diagnosis
import Reporting
import SessionTrace
import TestSupport
import Testing

/// Troubles of this host, and what a shell can do to a program.
@Suite("On this host")
struct OwnHostTests {
  /// Runs a shell's words; `$0` is the program, `$1` a folder of its own.
  private func shell(_ script: String) async throws -> (
    outcome: ChildProcess.Outcome, folder: Folder
  ) {
    let folder = try Folder()
    return (
      try await ChildProcess.run(["bash", "-c", "cd $1; " + script, Binary.path, folder.path]),
      folder
    )
  }

  @Test("A closed standard output does not let the text report into a file")
  func closedOutput() async throws {
    let (outcome, folder) = try await shell(#""$0" lab:healthy -o c.json >&-"#)
    #expect(outcome.status == 0, "\(outcome)")
    _ = try SavedReport(json: Array(try folder.text(of: "c.json").utf8))
  }

  @Test("A closed standard input is no empty message")
  func closedInput() async throws {
    let (outcome, _) = try await shell(#""$0" lab:healthy --data - <&-"#)
    #expect(outcome.status == 66 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("--data -: Bad file descriptor"))
  }

  @Test(
    "A report that stands there is as it was until the new one does",
    arguments: [
      ("a mistake", #""$0" lab:healthy --data nowhere -o t.json"#, 66),
      ("another one", #""$0" lab:healthy --envelope-size 1 -o t.json"#, 64),
      ("itself", #""$0" report t.json --silent -o t.json"#, 0),
      ("itself compared", #""$0" compare t.json t.json --silent -o u.md -o t2.json"#, 0),
      ("a file too large", #"(ulimit -f 0; "$0" lab:healthy --silent -o t.json 2>/dev/null)"#, 73),
    ])
  func keptReport(what: String, script: String, status: Int) async throws {
    let (outcome, folder) = try await shell(
      #""$0" lab:healthy --silent -o t.json || exit 99; "# + script)
    #expect(outcome.status == status, "\(what): \(outcome)")
    _ = try SavedReport(json: Array(try folder.text(of: "t.json").utf8))
    #expect(try folder.text(of: ".").isEmpty)
    #expect(!(try await ChildProcess.run(["ls", "-A", folder.path]).output.contains(".tmp")))
  }

  @Test(
    "A FIFO that nobody reads holds nobody up",
    arguments: [
      (#""$0" lab:healthy --silent -o f.json"#, "-o f.json: not a regular file"),
      (#""$0" lab:healthy --silent --capture f.json"#, "--capture f.json: not a regular file"),
      (#""$0" lab serve healthy --log f.json"#, "--log f.json: not a regular file"),
      (#"echo 127.0.0.1 | "$0" scan - --yes -o f.json"#, "-o f.json: not a regular file"),
      (
        #"echo 127.0.0.1 | "$0" scan - --yes --prometheus f.json"#,
        "--prometheus f.json: not a regular file"
      ),
      (
        #"echo 127.0.0.1 | "$0" scan - --yes -o r.jsonl --resume f.json"#,
        "--resume f.json: not a regular file"
      ),
    ])
  func fifo(script: String, error: String) async throws {
    let (outcome, _) = try await shell("mkfifo f.json; timeout -k 1 20 bash -c '\(script)' $0")
    #expect(outcome.status == 73 && outcome.errors.contains(error), "\(outcome)")
  }

  @Test("A FIFO that is read gets the whole report")
  func readFIFO() async throws {
    let (outcome, _) = try await shell(
      #""$0" lab:healthy --silent -o json:>(cat >c.json) && wait $! && head -c 1 c.json"#)
    #expect(outcome.status == 0 && outcome.output == "{", "\(outcome)")
  }

  @Test(
    "A link stays a link, and a file keeps its mode",
    arguments: [
      "touch real.json; chmod 640 real.json; ln -s real.json", "umask 026; ln -s real.json",
    ])
  func linkAndMode(making: String) async throws {
    let (outcome, _) = try await shell(
      making + #" t.json; "$0" lab:healthy --silent -o t.json && stat -c %a%F real.json t.json"#)
    #expect(outcome.output == "640regular file\n777symbolic link\n", "\(outcome)")
  }

  @Test("A file that is open and has no name any more is given none, and the link to it stays")
  func deletedFile() async throws {
    let (outcome, _) = try await shell(
      #"""
      exec 7>gone.json; rm gone.json; ln -s /proc/$$/fd/7 t.json
      "$0" lab:healthy --silent -o t.json; echo $? $(stat -c %F t.json) $(ls -A)
      """#)
    #expect(outcome.output == "73 symbolic link t.json\n", "\(outcome)")
  }

  @Test("One report that cannot be written leaves the others alone, and is told")
  func fullDisk() async throws {
    let (outcome, folder) = try await shell(
      #"ln -s /dev/full a.txt; "$0" lab:healthy -o a.txt -o b.json"#)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("-o a.txt: No space left on device"))
    #expect(outcome.output.hasPrefix("OK"))
    _ = try SavedReport(json: Array(try folder.text(of: "b.json").utf8))
  }

  @Test(
    "What this host lacks is named, and no bug",
    arguments: [
      (#"ulimit -n 4; "$0" lab:healthy"#, 71, "Too many open files"),
      (#""$0" lab:healthy --data /tmp"#, 66, "--data /tmp: Is a directory"),
      (#""$0" lab:healthy --data - < /tmp"#, 66, "--data -: Is a directory"),
      (#""$0" report /dev/zero"#, 65, "/dev/zero: more than 64 MiB"),
      (#""$0" lab:/dev/zero"#, 65, "/dev/zero: more than 64 MiB"),
      (#""$0" diagnose lab:healthy --data /dev/zero"#, 65, "/dev/zero: more than 64 MiB"),
    ])
  func troubles(script: String, status: Int, text: String) async throws {
    let (outcome, _) = try await shell(script)
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.errors.contains(text), "\(outcome)")
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "A GnuTLS that is not there is this host's lack where TLS is certain to come, and the package is named",
    arguments: ["require", "implicit"])
  func withoutGnuTLS(mode: String) async throws {
    // A file that is no library stands in front of the real one.
    let script = #"touch libgnutls.so.30; LD_LIBRARY_PATH=$1 "$0" 127.0.0.1:1 --tls "#
    let (outcome, _) = try await shell(script + mode)
    #expect(outcome.status == 71 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("cannot load GnuTLS: "), "\(outcome)")
    #expect(outcome.errors.contains("apt-get install libgnutls30"), "\(outcome)")
    let (clear, _) = try await shell(script + "off")
    #expect(clear.status == 20, "\(clear)")
  }

  @Test("Without /proc the words of the command line are known, and there is a report")
  func withoutProc() async throws {
    // Whoever may not make namespaces cannot play this: the host's own /proc stays.
    let (outcome, _) = try await shell(
      #"""
      unshare -rm true 2>/dev/null || { echo "no namespaces" >&2; exit 99; }
      unshare -rm bash -c 'mount -t tmpfs none /proc && [ ! -e /proc/self ] &&
        exec "$0" lab:silent-at-mail --timeout 300ms --format json' "$0"
      """#)
    if outcome.errors.hasPrefix("no namespaces") {
      print("not played: a host without /proc (no namespaces here)")
      return
    }
    #expect(outcome.status == 15, "\(outcome)")
    let report = try SavedReport(json: Array(outcome.output.utf8))
    #expect(report.trace.arguments.dropFirst().first == "lab:silent-at-mail")
  }

  @Test("Clients that do not read an endless reply cost a server little")
  func endlessReply() async throws {
    let (outcome, _) = try await shell(
      #"""
      "$0" lab serve endless-reply > out & server=$!
      until grep -q listening out; do sleep 0.05; done
      python3 -c "import re, socket, sys, time
      port = int(re.search(r'127.0.0.1:([0-9]+)', open('out').read())[1])
      clients = [socket.create_connection(('127.0.0.1', port)) for _ in range(50)]
      for client in clients: client.sendall(b'EHLO a.example\r\n')
      time.sleep(1.5)
      print(re.search('VmHWM:\s*([0-9]+)', open('/proc/%s/status' % sys.argv[1]).read())[1])
      " $server; kill -TERM $server; wait $server; exit 0
      """#)
    let peak = try #require(Int(outcome.output.split(separator: "\n").last ?? ""), "\(outcome)")
    #expect(peak < 100 * 1024, "KiB")
  }

  @Test("A log that cannot be written is told, and serving goes on")
  func fullLog() async throws {
    let (outcome, _) = try await shell(
      #"""
      "$0" lab serve healthy --log /dev/full > out & server=$!
      until grep -q listening out; do sleep 0.05; done
      "$0" $(sed -n 's/listening \([^ ]*\) .*/\1/p' out) --silent || exit 99
      kill -TERM $server; wait $server
      """#)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("--log /dev/full: No space left on device"))
  }

  @Test(
    "A message that can be read once is the same in every session",
    arguments: ["diagnose lab:size-limit-552", "sweep lab:size-limit-552 --recipients 1..3"])
  func readOnce(command: String) async throws {
    let (outcome, _) = try await shell(
      #""$0" \#(command) --timeout 5s --data <(head -c 200000 /dev/zero | tr '\0' x | fold -w 70)"#)
    // An empty message would be taken.
    #expect(outcome.status != 0, "\(outcome)")
    #expect(outcome.output.contains("rejected@dot"), "\(outcome)")
  }

  @Test("A FIFO is read once, by one reader")
  func fifo() async throws {
    let (outcome, _) = try await shell(
      #"""
      mkfifo f; (printf 'Subject: x\r\n\r\nhello\r\n' > f; echo "writer $?" >&2) &
      "$0" lab:healthy --data f --format json; status=$?; wait; exit $status
      """#)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("writer 0"))
    let report = try SavedReport(json: Array(outcome.output.utf8))
    #expect(report.trace.content?.taken == 21, "\(String(describing: report.trace.content))")
  }

  @Test(
    "A signal ends the wait for a FIFO that nobody writes to", arguments: ["", "sweep", "diagnose"])
  func silentFifo(command: String) async throws {
    let words = command == "sweep" ? "--recipients 1..3" : ""
    let (outcome, _) = try await shell(
      #"mkfifo f; timeout -s TERM -k 20 2 "$0" \#(command) lab:healthy \#(words) --data f"#)
    #expect(outcome.status == 124, "\(outcome)")
  }

  @Test(
    "A signal that comes before the first session brings a report",
    arguments: ["", "diagnose", "sweep --recipients 1..3", "lab check"])
  func earlySignal(command: String) async throws {
    let target = command == "lab check" ? "silent-at-mail" : "lab:silent-at-mail"
    // Blocked and waiting when the program begins: earlier than any signal can come to it.
    let (outcome, _) = try await shell(
      #"""
      python3 -c "import os, signal, sys
      signal.pthread_sigmask(signal.SIG_BLOCK, [15]); os.kill(os.getpid(), 15)
      os.execv(sys.argv[1], sys.argv[1:])" "$0" \#(command) \#(target) --format json
      """#)
    #expect(outcome.status == 143, "\(outcome)")
    #expect(outcome.output.hasPrefix("{"), "\(outcome)")
  }

  @Test("Signals that mean nothing here end nothing, and SIGHUP brings the report")
  func signals() async throws {
    let (outcome, folder) = try await shell(
      #"""
      "$0" lab:silent-at-mail --timeout 10m -o r.json > out & probe=$!; sleep 2
      kill -USR1 $probe; kill -ALRM $probe; kill -XFSZ $probe; kill -PIPE $probe; sleep 0.3
      kill -HUP $probe; wait $probe
      """#)
    #expect(outcome.status == 129)
    let report = try SavedReport(json: Array(try folder.text(of: "r.json").utf8))
    #expect(report.verdict.status == .interrupted)
    #expect(try folder.text(of: "out").hasPrefix("INTERRUPTED"))
  }

  /// From the moment at which the program has said what that signal is to it, or what SIGUSR1 is for those that it
  /// leaves as they are, one each millisecond; 99 where fewer than the second word were sent.
  private static let storm = #"""
    import re, signal, subprocess, sys, time
    number = getattr(signal, "SIG" + sys.argv[1])
    child = subprocess.Popen(sys.argv[3:])
    sent = 0
    def is_ready():
        with open(f"/proc/{child.pid}/status") as status:
            masks = re.findall(r"Sig(?:Ign|Cgt|Blk):\s*(\w+)", status.read())
        settled = signal.SIGUSR1 if number in (signal.SIGWINCH, signal.SIGCONT) else number
        return any(int(mask, 16) >> (settled - 1) & 1 for mask in masks)
    while child.poll() is None and not is_ready(): time.sleep(0.001)
    for _ in range(20_000):
        if child.poll() is not None: break
        child.send_signal(number)
        sent += 1
        time.sleep(0.001)
    child.wait()
    if sent < int(sys.argv[2]): sys.exit(99)
    sys.exit(child.wait() % 256 if child.wait() >= 0 else 128 - child.wait())
    """#

  @Test(
    "A storm of signals changes no session, or ends it with its report",
    arguments: [
      ("WINCH", 0), ("USR1", 0), ("USR2", 0), ("ALRM", 0), ("PIPE", 0), ("XFSZ", 0), ("CONT", 0),
      ("IO", 0), ("HUP", 129), ("INT", 130), ("TERM", 143),
    ])
  func storm(signal: String, status: Int) async throws {
    let folder = try Folder()
    let words =
      "lab:healthy-starttls --message-size 1500 --split 100 --split-delay 10ms --timeout 30s"
      + " --format json -o \(folder.path)/r.json"
    let outcome = try await ChildProcess.run(
      ["python3", "-c", Self.storm, signal, status == 0 ? "20" : "1", Binary.path]
        + words.split(separator: " ").map(String.init))
    #expect(outcome.status == status, "\(outcome.errors)")
    for text in [outcome.output, try folder.text(of: "r.json")] {
      let report = try SavedReport(json: Array(text.utf8))
      #expect(report.verdict.status == (status == 0 ? .ok : .interrupted))
    }
  }

  @Test("A second signal ends the wait for a reader of the report who does not read")
  func slowReader() async throws {
    let (outcome, _) = try await shell(
      #"""
      mkfifo f; sleep 30 < f & reader=$!; sleep 0.1
      "$0" lab:healthy --envelope-size 100000 --format json > f & probe=$!; sleep 2
      (while kill -TERM $probe 2>/dev/null; do sleep 0.5; done) &
      wait $probe; status=$?
      # The reader goes by itself after thirty seconds: the program has not waited for that.
      kill $reader || status=99; exit $status
      """#)
    #expect(outcome.status == 143, "\(outcome)")
  }

  @Test("Under nohup a hang-up is nothing")
  func nohup() async throws {
    let (outcome, _) = try await shell(
      #"""
      trap '' HUP; "$0" lab:silent-at-mail --timeout 2s --silent & probe=$!; sleep 1
      kill -HUP $probe; wait $probe
      """#)
    #expect(outcome.status == 15)
  }

  @Test(
    "Verification without TLS is a failure, and no message leaves in clear",
    arguments: ["healthy", "starttls-refused", "tls-required-not-offered"])
  func verification(fixture: String) async throws {
    let (outcome, _) = try await shell(
      #""$0" lab:\#(fixture) --tls-verify --message-size 2000 --format json --timeout 3s"#)
    #expect(outcome.status / 10 != 0, "\(outcome.output)")
    let report = try SavedReport(json: Array(outcome.output.utf8))
    #expect(report.trace.options["tls"] == .text("require"))
    #expect(!report.trace.commands.contains { $0.text.hasPrefix("MAIL") })
  }

  @Test("Verification of nothing is a mistake")
  func verificationOff() async throws {
    let (outcome, _) = try await shell(#""$0" lab:healthy --tls off --tls-verify"#)
    #expect(outcome.status == 64 && outcome.errors.contains("--tls-verify needs TLS"))
  }
}
