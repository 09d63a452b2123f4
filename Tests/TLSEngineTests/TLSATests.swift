import SessionTrace
import TLSEngine
import TestSupport
import Testing

@Suite("TLSA records")
struct TLSATests {
  /// Certificates of an authority, made by OpenSSL, and what records of them hold by its reckoning.
  private final class Certificates {
    let folder: Folder
    /// By `good spki 1`: the certificate, its part, the matching type.
    let data: [String: String]

    init() async throws {
      folder = try Folder()
      let script = """
        set -e
        cd \(folder.path)
        new='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
        authority() {
          openssl req -x509 $new -keyout $1.key -out $1.pem -days 9 -subj /CN=$1 2>/dev/null
        }
        leaf() {
          openssl req $new -keyout $1.key -out $1.csr -subj /CN=$1 2>/dev/null
          echo "subjectAltName=DNS:$4" >$1.ext
          openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days $3 \
            -extfile $1.ext -out $1.pem 2>/dev/null
          cat $1.pem $2.pem >$1.chain
        }
        authority authority
        authority stranger
        leaf good authority 9 mx.example.com
        leaf other authority 9 other.example.com
        leaf late authority 0 mx.example.com
        for name in authority stranger good other late; do
          openssl x509 -in $name.pem -outform DER -out $name.0
          openssl x509 -in $name.pem -pubkey -noout | openssl pkey -pubin -outform DER -out $name.1
          for part in 0 1; do
            echo "$name $part 0,$(od -An -v -tx1 $name.$part | tr -d ' \\n')"
            echo "$name $part 1,$(openssl dgst -sha256 -r $name.$part | cut -d' ' -f1)"
            echo "$name $part 2,$(openssl dgst -sha512 -r $name.$part | cut -d' ' -f1)"
          done
        done
        # What is valid for no day is over with the second in which it was made.
        sleep 1.1
        """
      let made = try await ChildProcess.run(["bash", "-c", script])
      try #require(made.status == 0, "\(made.errors)")
      let rows = made.output.split(separator: "\n").map { $0.split(separator: ",") }
      data = Dictionary(uniqueKeysWithValues: rows.map { (String($0[0]), String($0[1])) })
    }

    /// `3 good 1 1`: usage, whose, selector and matching type; or a record as zone files have it.
    func record(_ text: String) -> TLSARecord {
      let words = text.split(separator: " ").map(String.init)
      guard let data = data[words.dropFirst().joined(separator: " ")] else {
        return .written(text)
      }
      return .written("\(words[0]) \(words[2]) \(words[3]) \(data)")
    }

    /// A handshake with who shows that leaf and its authority, or the leaf alone.
    func handshake(
      with leaf: String, alone: Bool = false, records: [String], names: [String]
    ) throws -> Conversation {
      var client = Samples.client()
      client.tlsa = TLSAExpectation(records: records.map(record), names: names)
      let credentials = try ServerCredentials.pem(
        certificatePath: "\(folder.path)/\(leaf).\(alone ? "pem" : "chain")",
        keyPath: "\(folder.path)/\(leaf).key")
      var pair = try Conversation(
        client: client, server: ServerConfiguration(credentials: credentials))
      pair.shakeHands()
      return pair
    }
  }

  struct Row {
    let records: [String]
    var leaf = "good"
    var isAlone = false
    var names = ["mx.example.com"]
    /// The record that is to fit, by its place.
    var fits: Int?
    var result: TLSPolicyRecord.Result?
    /// A part of the reason.
    var reason = "does not fit"
  }

  private static let zeros = String(repeating: "00", count: 32)

  static let rows: [Row] =
    ["3 good 0 0", "3 good 0 1", "3 good 0 2", "3 good 1 0", "3 good 1 1", "3 good 1 2"].map {
      Row(records: [$0], fits: 0)
    }
    + ["2 authority 0 0", "2 authority 0 1", "2 authority 1 0", "2 authority 1 2"].map {
      Row(records: [$0], fits: 0)
    } + [
      // The leaf's key is enough, whatever it is called and however old it is.
      Row(records: ["3 other 1 1"], leaf: "other", fits: 0),
      Row(records: ["3 late 1 1"], leaf: "late", fits: 0),
      Row(
        records: ["2 authority 1 1"], leaf: "other", result: .certificateHostMismatch,
        reason: "does not match the expected"),
      Row(
        records: ["2 authority 1 1"], leaf: "other",
        names: ["mx.example.com", "other.example.com"],
        fits: 0),
      Row(
        records: ["2 authority 1 1"], leaf: "late", result: .certificateExpired, reason: "expired"),
      // An issuer that is not shown has to stand whole in the record.
      Row(records: ["2 authority 0 0"], isAlone: true, fits: 0),
      Row(
        records: ["2 authority 1 1"], isAlone: true, result: .validationFailure,
        reason: "stands there as a digest has to be shown"),
      // So has its key, whose certificate then need not be there: what it signed says the rest.
      Row(records: ["2 authority 1 0"], isAlone: true, fits: 0),
      Row(
        records: ["2 authority 1 0"], leaf: "other", isAlone: true,
        result: .certificateHostMismatch, reason: "does not match the expected"),
      Row(
        records: ["2 authority 1 0"], leaf: "late", isAlone: true, result: .certificateExpired,
        reason: "expired"),
      Row(records: ["2 stranger 1 0"], isAlone: true, result: .validationFailure),
      Row(records: ["2 good 1 0"], isAlone: true, result: .validationFailure),
      Row(records: ["2 stranger 0 0"], result: .validationFailure, reason: "does not fit"),
      Row(records: ["2 stranger 1 1"], result: .validationFailure, reason: "this one would: 3 1 1"),
      // What is true of the leaf is not true of its issuer.
      Row(records: ["2 good 1 1"], result: .validationFailure),
      Row(records: ["3 authority 1 1"], result: .validationFailure),
      // The old and the new one.
      Row(records: ["3 1 1 \(zeros)", "3 good 1 1"], fits: 1),
      Row(
        records: ["3 1 1 \(zeros)", "3 0 1 \(zeros)"], result: .validationFailure,
        reason: "None of 2"),
      Row(records: ["3 1 1 \(zeros)", "2 authority 1 1"], fits: 1),
      // The weaker of two digests does not count (RFC 7671 section 9), one of the whole does.
      Row(records: ["3 good 1 1", "3 1 2 \(zeros)\(zeros)"], result: .validationFailure),
      Row(records: ["3 good 1 0", "3 1 2 \(zeros)\(zeros)"], fits: 0),
      Row(records: ["3 good 0 1", "3 1 2 \(zeros)\(zeros)"], fits: 0),
      // A digest that is none makes no other weaker.
      Row(records: ["3 good 1 1", "3 1 2 \(zeros)"], fits: 0),
    ]

  @Test("decide whether a certificate will do, and name the one that fits")
  func matching() async throws {
    let certificates = try await Certificates()
    for row in Self.rows {
      let pair = try certificates.handshake(
        with: row.leaf, alone: row.isAlone, records: row.records, names: row.names)
      let what: Comment = "\(row.leaf), \(row.names): \(row.records)"
      if let place = row.fits {
        #expect(
          pair.client.tlsaOutcome == .matched(certificates.record(row.records[place])), what)
        #expect(pair.clientEvents.failure == nil, what)
        continue
      }
      guard case .failed(let result, let reason)? = pair.client.tlsaOutcome else {
        Issue.record(what)
        continue
      }
      #expect(result == row.result, what)
      #expect(reason.contains(row.reason), "\(reason)")
      #expect(pair.clientEvents.failure?.name == "dane_mismatch", what)
      #expect(pair.clientEvents.failure?.text == reason, what)
      #expect(pair.serverEvents.failure?.alert != nil, what)
    }
  }

  @Test("of no use are told why, and leave TLS unauthenticated")
  func useless() async throws {
    let certificates = try await Certificates()
    let rows = [
      ("0 good 1 1", "usage 0, which is not for mail"), ("1 good 0 1", "usage 1"),
      ("4 1 1 \(Self.zeros)", "usage 4"), ("255 0 0 00", "usage 255"),
      ("3 2 1 \(Self.zeros)", "selector 2"), ("3 1 3 \(Self.zeros)", "matching type 3"),
      ("3 1 1 abcd", "2 bytes where a SHA-256 has 32"),
      ("3 1 2 \(Self.zeros)", "32 bytes where a SHA-512 has 64"),
      ("3 0 0 3000", "no certificate"), ("2 1 0 0102", "no public key"),
      ("3 1 1", "shorter than any"), ("3", "shorter than any"), ("", "shorter than any"),
    ]
    for (text, reason) in rows {
      let problem = certificates.record(text).problem
      #expect(problem?.contains(reason) == true, "\(text): \(problem ?? "none")")
      let pair = try certificates.handshake(
        with: "good", records: [text], names: ["mx.example.com"])
      #expect(pair.clientEvents.summary != nil && pair.client.tlsaOutcome == nil, "\(text)")
    }
  }

  @Test("are written as zone files have them")
  func words() {
    #expect(TLSARecord([3, 1, 1, 0x0A, 0xFF]).description == "3 1 1 0aff")
    #expect(TLSARecord([3, 1]).description == "3 1")
    #expect(TLSARecord([]).description == "")
  }
}

extension TLSARecord {
  /// Reads what zone files have.
  fileprivate static func written(_ text: String) -> TLSARecord {
    let words = text.split(separator: " ")
    let digits = Array((words.dropFirst(3).first ?? "").utf8)
    let data = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
    return TLSARecord(words.prefix(3).compactMap { UInt8($0) } + data)
  }
}
