import StrictTransport
import Testing

@Suite("TXT records of MTA-STS")
struct RecordTests {
  private func find(_ records: [String]) -> Result<String, STSRecord.Absence> {
    do throws(STSRecord.Absence) {
      return .success(try STSRecord.find(among: records.map { Array($0.utf8) }).id)
    } catch {
      return .failure(error)
    }
  }

  @Test(
    "One record that begins with the version and has an id is a policy's",
    arguments: [
      (["v=STSv1; id=20160831085700Z;"], "20160831085700Z"),
      (["v=STSv1;id=1"], "1"),
      (["v=STSv1; id=a ; more=x:y;"], "a"),
      (["v=STSv1; id=first; id=second"], "first"),
      (["v=STSv1; ID=large; id=small"], "small"),
      (["v=STSv1;;id=1;;"], "1"),
      (["google-site-verification=x", "v=STSv1; id=7", "v=spf1 -all"], "7"),
      (["v=STSv1; id=" + String(repeating: "9", count: 32)], String(repeating: "9", count: 32)),
    ])
  func finds(_ records: [String], _ id: String) {
    #expect(find(records) == .success(id))
  }

  @Test(
    "Anything else is no policy, and says why",
    arguments: [
      ([], .none(nearly: nil)),
      (["v=spf1 -all"], .none(nearly: nil)),
      (["v=STSv1"], .none(nearly: "v=STSv1")),
      (["V=STSv1; id=1"], .none(nearly: "V=STSv1; id=1")),
      (["v=STSv1 ; id=1"], .none(nearly: "v=STSv1 ; id=1")),
      ([" v=STSv1; id=1"], .none(nearly: " v=STSv1; id=1")),
      (["v=STSv1; id=1", "v=STSv1; id=1"], .several(2)),
      (["v=STSv1; id=1", "v=STSv1; broken", "v=STSv1;"], .several(3)),
      (["v=STSv1;"], .malformed("there is no id: add \"id=\" and a number")),
      (["v=STSv1; id=2016-08-31"], .malformed("id=2016-08-31: 1 to 32 letters and digits will do")),
      (["v=STSv1; id 1"], .malformed("\"id 1\" is no field: write name=value")),
      (
        ["v=STSv1; id="],
        .malformed("\"id=\" is no field: its value is empty, or has a blank or \"=\" in it")
      ),
      (
        ["v=STSv1; id=1 2"],
        .malformed("\"id=1 2\" is no field: its value is empty, or has a blank or \"=\" in it")
      ),
      (
        ["v=STSv1; id=" + String(repeating: "9", count: 33)],
        .malformed(
          "id=\(String(repeating: "9", count: 33)): 1 to 32 letters and digits will do")
      ),
      (["v=STSv1; \u{1B}[31m=1; id=2"], nil),
    ] as [([String], STSRecord.Absence?)])
  func refuses(_ records: [String], _ expected: STSRecord.Absence?) {
    switch find(records) {
    // A strange name of a field is nobody's trouble.
    case .success(let id): #expect(expected == nil && id == "2")
    case .failure(let absence): #expect(absence == expected)
    }
  }

  @Test("Each reason is a sentence of plain ASCII")
  func says() {
    let hostile = find(["v=STSv1; \u{1B}]0;x\u{7}"])
    guard case .failure(let absence) = hostile else { return #expect(Bool(false), "\(hostile)") }
    #expect(absence.text.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    #expect(absence.text.contains("\\x1B"))
  }
}
