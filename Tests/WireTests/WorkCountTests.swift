import SessionTrace
import Testing

@testable import Wire

@Suite("Progress in words")
struct WorkCountTests {
  @Test("counts what is done of what was asked for, and what went wrong")
  func counts() {
    var count = WorkCount(of: "runs", failed: "not as wanted", asked: 3)
    #expect(count.text(after: 0) == "0 of 3 runs, 0 not as wanted")
    count.add(isFailure: true)
    count.add(isFailure: false)
    #expect(count.text(after: .seconds(9)) == "2 of 3 runs, 1 not as wanted")
  }

  @Test("tells the time left where that is wanted, once anything is done")
  func timeLeft() {
    var count = WorkCount(of: "sessions so far", failed: "not ok", timeLeft: "in all")
    count.expect(4)
    #expect(count.text(after: .seconds(2)) == "0 of 4 sessions so far, 0 not ok")
    count.add(isFailure: false)
    #expect(
      count.text(after: .seconds(2))
        == "1 of 4 sessions so far, 0 not ok, about 7 s left in all")
    #expect(count.brief(after: .seconds(2)) == "1 of 4, 0 not ok, 7 s left")
    count.expect(0, foreseen: 4)
    #expect(count.brief(after: .seconds(2)) == "1 of 4, 0 not ok, 15 s left")
    count.expect(0)
    for _ in 0..<3 { count.add(isFailure: false) }
    #expect(count.text(after: .seconds(8)) == "4 of 4 sessions so far, 0 not ok")
  }

  @Test(
    "a failure of this host has a status of its own, by what the system said",
    arguments: [
      ("EACCES", Wire.ExitStatus.noPermission), ("EPERM", .noPermission), ("EMFILE", .ownHost),
      ("ENOMEM", .ownHost), ("ENOENT", .noInput),
    ])
  func statuses(name: String, status: Wire.ExitStatus) {
    let error = WireError(
      operation: "open",
      failure: SystemFailure(call: "open", name: name, code: 1, text: "it will not"))
    #expect(
      ExitMessage(cannotRead: "a.json", error)
        == ExitMessage(
          status: status, text: "a.json: it will not"))
    #expect(ExitMessage(error).status == (status == .noInput ? .bug : status))
  }
}
