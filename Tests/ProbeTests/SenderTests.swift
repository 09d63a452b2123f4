@testable import Probe
import SessionOptions
import SessionTrace
import Testing

/// What the sender says is to be done next; nothing here is written anywhere.
@Suite("The sender")
struct SenderTests {
  /// The moves until there is nothing to send or it rests; pieces by their sizes.
  private func play(_ sender: inout Sender, at now: Microseconds = 0) -> [String] {
    var moves: [String] = []
    var written = 0
    while true {
      switch sender.next() {
      case .send(let bytes, let piece):
        moves.append("\(bytes.count)")
        written += bytes.count
        sender.wrote(bytes.count, of: piece, written: written, at: now)
      case .takeMessage: return moves + ["message"]
      case .rest(let rest): return moves + ["\(rest)"]
      case .idle: return moves + ["idle"]
      }
    }
  }

  private func plan(_ words: String, _ pacing: Segmentation.Pacing? = nil) throws -> Segmentation {
    var plan = Segmentation(plan: try SegmentPlan(option: words))
    plan.pacing = pacing
    return plan
  }

  @Test("sends what comes in, and is idle then")
  func unplanned() {
    var sender = Sender(nil)
    sender.queue([1, 2, 3], stage: .ehlo)
    sender.queue([4], stage: .quit)
    sender.beginTurn()
    #expect(play(&sender) == ["3", "1", "idle"])
    #expect(sender.isEmpty && !sender.hasMore)
  }

  @Test(
    "sends one planned piece a turn, paced as the plan has it",
    arguments: [
      (nil, "turn"), (.delay(50), "until(57)"), (.acknowledged, "acknowledged(upTo: 2)"),
    ] as [(Segmentation.Pacing?, String)])
  func planned(pacing: Segmentation.Pacing?, rest: String) throws {
    var sender = Sender(try plan("2", pacing))
    sender.queue([1, 2, 3, 4, 5], stage: .mail)
    sender.beginTurn()
    #expect(play(&sender, at: 7) == ["2", rest])
    // It says so until it is told that this is over.
    sender.beginTurn()
    #expect(play(&sender, at: 7) == [rest])
    sender.resume()
    sender.beginTurn()
    #expect(play(&sender, at: 7) == ["2", rest])
    sender.resume()
    sender.beginTurn()
    #expect(play(&sender, at: 7) == ["1", "idle"])
  }

  @Test("leaves the turn to others after so much of a message")
  func turns() {
    var sender = Sender(nil)
    for _ in 0..<100 { sender.queue([0], stage: .body, continues: true) }
    sender.beginTurn()
    let first = play(&sender)
    #expect(first.last == "turn" && first.count > 16)
    sender.resume()
    sender.beginTurn()
    #expect(play(&sender).count == first.count)
  }

  @Test("waits for the kernel, and goes on with what is left of the piece")
  func full() {
    var sender = Sender(nil)
    sender.queue([1, 2, 3], stage: .mail)
    sender.beginTurn()
    guard case .send(_, let piece) = sender.next() else { return #expect(Bool(false)) }
    sender.wrote(1, of: piece, written: 1, at: 0)
    sender.pause(.kernelIsFull)
    #expect(play(&sender) == ["kernelIsFull"])
    sender.becameWritable()
    #expect(play(&sender) == ["2", "idle"])
    sender.pause(.until(9))
    sender.becameWritable()
    #expect(sender.rest == .until(9))
  }

  @Test("does not send again what the SYN carried", arguments: [0, 1, 3, 4])
  func fastOpen(carried: Int) throws {
    var sender = Sender(try plan("2"))
    sender.sentInSYN(carried)
    sender.queue([1, 2, 3], cuts: [2], stage: .ehlo)
    sender.queue([4, 5], stage: .mail)
    var sizes: [String] = []
    while sender.hasMore {
      sender.beginTurn()
      sizes += play(&sender).filter { Int($0) != nil }
      sender.resume()
    }
    #expect(sizes.compactMap(Int.init).reduce(0, +) == 5 - carried)
  }

  @Test("forgets what is left when nothing more may leave")
  func dropped() {
    var sender = Sender(nil)
    sender.begin(.whole(WholeMessage(HeldContent([1, 2, 3]))))
    sender.queue([1], stage: .body)
    sender.beginTurn()
    #expect(play(&sender) == ["1", "message"])
    sender.drop()
    #expect(play(&sender) == ["idle"])
  }
}
