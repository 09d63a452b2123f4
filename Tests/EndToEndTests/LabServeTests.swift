import Glibc
import TestSupport
import Testing

/// `lab serve` as somebody else's tests would use it.
@Suite("lab serve")
struct LabServeTests {
  @Test("gives each fixture a port, logs every read, and sums up when a signal comes")
  func several() async throws {
    let log = try Scratch([])
    let server = try ChildProcess([
      Binary.path, "lab", "serve", "healthy", "reseg-513=0", "--log", log.path,
    ])
    let addresses = try await listening(server, count: 2)
    let healthy = try #require(addresses["healthy"])
    let firewall = try #require(addresses["reseg-513"])
    let first = try await Binary.run([healthy, "--expect", "ok@data", "--ehlo", "c"])
    #expect(first.status == 0, "\(first.errors)")
    let second = try await Binary.run([
      firewall, "--split", "513", "--timeout", "300ms", "--expect", "stalled@mail", "--ehlo", "c",
    ])
    #expect(second.status == 0, "\(second.errors)")
    server.send(signal: SIGTERM)
    let outcome = try await server.outcome()
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(
      outcome.output.split(separator: "\n").suffix(2) == [
        "served healthy sessions 1 reads 2 bytes 50",
        "served reseg-513 sessions 1 reads 2 bytes 521",
      ])
    let lines = try log.text().split(separator: "\n")
    #expect(
      lines.allSatisfy { $0.firstMatch(of: /^\d+\.\d{6} (healthy|reseg-513)#1 [a-z]/) != nil })
    let events = lines.compactMap { $0.split(separator: " ", maxSplits: 1).last }
    #expect(events.contains(#"healthy#1 command MAIL FROM:<>\r\n"#))
    #expect(
      events.filter { $0.hasPrefix("reseg-513#1 read") } == [
        "reseg-513#1 read 8", "reseg-513#1 read 513",
      ])
    #expect(events.filter { $0.hasPrefix("reseg-513#1 forward") } == ["reseg-513#1 forward 8"])
  }

  @Test("hands out the certificate by which a client can trust it")
  func certificate() async throws {
    let file = try Scratch([])
    let server = try ChildProcess([
      Binary.path, "lab", "serve", "healthy-starttls", "--no-log", "--certificate-out", file.path,
    ])
    let address = try #require(try await listening(server, count: 1)["healthy-starttls"])
    for (trust, status) in [(["--tls-ca-path", file.path], "ok@data"), ([], "tls_failed@tls")] {
      let probe = try await Binary.run(
        [address, "--tls", "require", "--tls-verify", "--expect", status] + trust)
      #expect(probe.status == 0, "\(probe.output)\(probe.errors)")
    }
    server.send(signal: SIGINT)
    #expect(try await server.outcome().status == 0)
  }

  @Test("serves the names of a fixture, to whoever asks its name server")
  func names() async throws {
    let server = try ChildProcess([
      Binary.path, "lab", "serve", "multi-mx-partial-refuses", "null-mx", "--no-log",
    ])
    let addresses = try await listening(server, count: 2)
    let port = try #require(addresses["multi-mx-partial-refuses"]?.split(separator: ":").last)
    var nameServers: [String: String] = [:]
    for line in server.output.split(separator: "\n") where line.hasPrefix("names ") {
      let words = line.split(separator: " ").map(String.init)
      nameServers[words[2]] = words[1]
    }
    for (fixture, status) in [
      ("multi-mx-partial-refuses", "ok@data"), ("null-mx", "unreachable@resolve"),
    ] {
      let probe = try await Binary.run([
        "mx:example.test", "--resolver", try #require(nameServers[fixture]), "--port", "\(port)",
        "--expect", status,
      ])
      #expect(probe.status == 0, "\(probe.output)\(probe.errors)")
    }
    server.send(signal: SIGTERM)
    #expect(try await server.outcome().status == 0)
  }

  @Test("keeps messages as they came, and ends after so many sessions")
  func store() async throws {
    let folder = try Folder()
    let server = try ChildProcess([
      Binary.path, "lab", "serve", "healthy", "--store", folder.path, "--max-sessions", "2",
      "--log-format", "json",
    ])
    let to = try await server.awaited { lines in
      lines.lazy.compactMap {
        $0.wholeMatch(of: /{"event":"listening","address":"(127[^"]*)","fixture":"healthy"}/)
      }.first.map { String($0.1) }
    }
    let message = "Subject: x\r\n\r\n.hidden\r\n..\r\n"
    let run = try await Binary.run(
      [to, "--from", "a@example.org", "--to", "b@example.org", "--data", "-", "--silent"],
      input: Array(message.utf8))
    #expect(run.status == 0, "\(run.errors)")
    _ = try await Binary.run([to, "--silent"])
    let outcome = try await server.outcome()
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let files = try await ChildProcess.run(["sh", "-c", "cd \(folder.path) && ls && cat 0001.eml"])
    #expect(files.output == "0001.eml\n0001.envelope\n" + message)
    let envelope = try folder.text(of: "0001.envelope")
    #expect(
      envelope
        == "MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\n"
    )
    let events = try await ChildProcess.run(
      [
        "python3", "-c",
        "import json,sys\nfor l in sys.stdin: o = json.loads(l); print(o['event'], o.get('file', ''), o.get('text', ''), o.get('sessions', ''))",
      ], input: Array(outcome.output.utf8))
    #expect(events.status == 0, "\(events.errors)")
    #expect(events.output.contains("stored \(folder.path)/0001.eml"))
    #expect(events.output.contains(#"command  RCPT TO:<b@example.org>\r\n"#))
    #expect(events.output.split(separator: "\n").last == "served   2", "\(events.output)")
  }

  @Test("keeps a message by BDAT, and none that is refused")
  func storeChunks() async throws {
    let line =
      "\(Binary.path) $SMTPPROBE_LAB_ADDRESS --message-size 400000 --chunking auto --silent"
    for (fixture, files) in [
      ("bdat-under-tarpit", "0001.eml 400000"), ("content-refused", ""),
      ("size-limit-552", ""),
    ] {
      let folder = try Folder()
      let run = try await Binary.run([
        "lab", "serve", fixture, "--store", folder.path, "--", "sh", "-c", line,
      ])
      let found = try await ChildProcess.run([
        "sh", "-c", "cd \(folder.path) && stat -c '%n %s' *.eml 2>/dev/null; true",
      ])
      #expect(found.output.split(separator: "\n").joined() == files, "\(fixture): \(run.errors)")
    }
  }

  @Test("serves while a program runs, which finds the address, and ends with its status")
  func program() async throws {
    let line = """
      echo "$SMTPPROBE_LAB_ADDRESS = $SMTPPROBE_LAB_HOST:$SMTPPROBE_LAB_PORT"
      \(Binary.path) "$SMTPPROBE_LAB_ADDRESS_RDNS_OR_REPUTATION_REJECT_SPF" --expect rejected@rcpt --silent || exit 9
      exit 7
      """
    let run = try await Binary.run([
      "lab", "serve", "healthy", "rdns-or-reputation-reject-spf", "--", "sh", "-c", line,
    ])
    #expect(run.status == 7, "\(run.errors)")
    #expect(run.output.wholeMatch(of: /127\.0\.0\.1:(\d+) = 127\.0\.0\.1:(\d+)\n/) != nil)
    #expect(run.errors.contains("listening 127.0.0.1:") && run.errors.contains("served healthy"))
    let missing = try await Binary.run(["lab", "serve", "healthy", "--", "/nonexistent/client"])
    #expect(missing.status != 0 && missing.errors.contains("/nonexistent/client"))
  }

  @Test("has a certificate for the names that a test needs")
  func certificateName() async throws {
    let line = """
      \(Binary.path) $SMTPPROBE_LAB_ADDRESS --tls require --tls-verify --tls-sni mx.example.com \
      --tls-ca-path $FILE --silent
      """
    let file = try Scratch([])
    let run = try await Binary.run(
      [
        "lab", "serve", "healthy-starttls", "--certificate-name", "mx.example.com",
        "--certificate-out", file.path, "--", "sh", "-c", line,
      ], environment: ["FILE": file.path])
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(
    "says what is wrong",
    arguments: [
      (["helthy"], 64, "healthy"), ([], 64, "fixture"),
      (["healthy", "--port", "70000"], 64, "70000"),
      (["healthy", "--listen", "192.0.2.1"], 64, "192.0.2.1"),
      (["healthy", "--log", "/dev/null/log"], 73, "/dev/null/log"),
      (["healthy", "--log", "/dev/null", "--no-log"], 64, "--no-log"),
      (["healthy", "healthy", "--port", "65535"], 64, "65536"),
    ] as [([String], Int, String)])
  func wrong(arguments: [String], status: Int, text: String) async throws {
    let outcome = try await Binary.run(["lab", "serve"] + arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(outcome.errors.contains(text), "\(outcome.errors)")
  }

  /// Where each fixture listens, once all have said so.
  private func listening(_ server: borrowing ChildProcess, count: Int) async throws
    -> [String: String]
  {
    let lines = try await server.lines("listening ", count: count)
    return Dictionary(
      uniqueKeysWithValues: lines.map { line in
        let words = line.split(separator: " ").map(String.init)
        return (words[2], words[1])
      })
  }
}
