import Probe
import SessionOptions
import SessionTrace
import SMTPDialogue
@testable import Simulation

extension Scenario {
  /// A scenario in which anything may go wrong, the same for the same seed.
  static func random(seed: Int) -> Scenario {
    var random = SeededRandom(seed: seed)
    var scenario = Scenario()
    scenario.seed = seed
    scenario.chooseTalk(&random)
    scenario.chooseHosts(&random)
    scenario.choosePath(&random)
    scenario.server.choose(&random, recipients: scenario.recipients)
    scenario.chooseTrouble(&random)
    scenario.chooseChunks(&random)
    return scenario
  }

  private mutating func chooseTalk(_ random: inout SeededRandom) {
    recipients = random.chance(50) ? random.number(1...3) : random.number(1...40)
    pipelining = random.pick([.auto, .auto, .on, .off])
    pregreet = random.chance(5)
    fastOpen = random.chance(5)
    if random.chance(45) {
      let size = random.chance(80) ? random.number(0...3_000) : random.number(0...30_000)
      message = SimulatedContent.message(size: size, random: &random)
      greatestChunk = random.pick([1, 7, 100, 5_000, 65_536])
      if greatestChunk < 100 { message = message.map { Array($0.prefix(800)) } }
    }
    if random.chance(10) { stop = random.pick([.banner, .firstHelo, .helo, .mail, .rcpt, .data]) }
    if random.chance(50) {
      segmentation = .random(&random)
      // A round trip or a turn for every piece: as telling with a hundred pieces as with thousands.
      let isSlow = segmentation?.pacing != nil
      if segmentation?.plan == .sizes([.bytes(1)]) || isSlow {
        message = message.map { Array($0.prefix(150)) }
        recipients = min(recipients, 4)
      }
    }
    replyTimeout = random.pick([.seconds(2), .seconds(10), .seconds(30), 1_234_567])
    if random.chance(5) { totalTimeout = Microseconds(random.number(500...40_000_000)) }
    if random.chance(5) { interruptAt = Microseconds(random.number(1...5_000_000)) }
  }

  private mutating func chooseChunks(_ random: inout SeededRandom) {
    server.offersChunking = random.chance(70)
    guard let message, random.chance(40) else { return }
    chunking.mode = random.pick([.auto, .on, .on, .early, .early])
    if random.chance(60) { chunking.size = max(random.number(1...3_000), message.count / 20) }
    if random.chance(15) { server.chunk = random.pick([421, 451, 552]) }
  }

  private mutating func chooseHosts(_ random: inout SeededRandom) {
    if random.chance(6) {
      candidates = (0...random.number(0...2)).map { _ in random.pick([true, false, nil]) }
    }
    client.segmentSize = random.pick([100, 536, 988, 1_448])
    client.sendBuffer = random.pick([2_000, 5_000, 16_384, 65_536])
    client.noDelay = !random.chance(15)
    client.mostTimeouts = random.pick([2, 4, 15])
    client.firstTimeout = random.pick([.milliseconds(300), .milliseconds(300), .seconds(3)])
    far.segmentSize = random.pick([20, 100, 536, 1_448])
    far.receiveBuffer = random.pick([3_000, 8_192, 65_536])
    transport.greatestRead = random.pick([1, 10, 100, 65_536])
    transport.spuriousPercent = random.pick([0, 0, 2, 20])
    transport.wakeDelay = Microseconds(random.pick([0, 0, 50, 3_000]))
    transport.fastOpenBytes = random.number(0...24)
  }

  private mutating func choosePath(_ random: inout SeededRandom) {
    there.delay = Microseconds(random.number(20...150_000))
    back.delay = Microseconds(random.number(20...150_000))
    there.jitter = Microseconds(random.pick([0, 0, 500, 20_000]))
    back.jitter = Microseconds(random.pick([0, 0, 500, 20_000]))
    there.lossPercent = random.pick([0, 0, 0, 1, 5, 20])
    back.lossPercent = random.pick([0, 0, 0, 1, 5, 20])
    transport.connectDelay = there.delay + back.delay
  }

  /// Where the session breaks, if it does; a byte somewhere in what may be said.
  private mutating func chooseTrouble(_ random: inout SeededRandom) {
    let ours = 26 + 27 + recipients * 30 + 6 + (message?.count ?? 0) + 20
    let theirs = 120 + recipients * 16 + 60
    let place = random.chance(60) ? random.number(0...ours) : random.number(0...min(ours, 200))
    let said = random.number(0...theirs)
    let how = random.pick(ServerPlan.End.allCases)
    switch random.number(0...9) {
    case 0, 1: break
    case 2: there.blackHole = place
    case 3: back.blackHole = said
    case 4, 5: server.fault = .afterReading(place, how)
    case 6, 7: server.fault = .afterSaying(said, how)
    default: server.fault = .beforeReply(random.number(0...(recipients + 6)), how)
    }
  }
}

extension ServerPlan {
  fileprivate mutating func choose(_ random: inout SeededRandom, recipients: Int) {
    offersPipelining = random.chance(70)
    offersSize = random.chance(50)
    if random.chance(25) {
      switch random.number(0...6) {
      case 0: greeting = random.pick([421, 450, 554])
      case 1: ehlo = random.pick([450, 502, 550])
      case 2:
        ehlo = 500
        helo = random.pick([250, 450, 550])
      case 3: mail = random.pick([421, 450, 550])
      case 4: data = random.pick([451, 554])
      default: dot = random.pick([451, 552])
      }
    }
    if random.chance(25) {
      self.recipients = (0..<recipients).map { _ in random.pick([250, 450, 550]) }
    } else if random.chance(15) {
      self.recipients = random.pick([[550], [450, 550]])
    }
    if random.chance(50) { dataWithoutRecipients = 354 }
    if random.chance(10) { early = (random.number(1...3_000), random.pick([452, 552])) }
    thinks = Microseconds(random.pick([1, 1_000, 80_000]))
    greatestRead = random.pick([7, 100, 512, 65_536, 65_536])
    readDelay = Microseconds(random.pick([1, 100, 5_000]))
    greatestWrite = random.pick([1, 9, 60, 65_536])
    gap = Microseconds(random.pick([0, 1, 10_000]))
    batches = random.chance(40)
  }
}

extension Segmentation {
  fileprivate static func random(_ random: inout SeededRandom) -> Segmentation {
    let sizes: [[SegmentPlan.Size]] = [
      [.bytes(1)], [.bytes(513)], [.bytes(100), .bytes(1), .rest],
      [.bytes(random.number(1...2_000))], [.bytes(random.number(1...70_000))],
    ]
    var segmentation = Segmentation(
      plan: random.pick([
        .command, .crlf, .endOfData(random.number(1...4)), .sizes(random.pick(sizes)),
        .sizes(random.pick(sizes)),
      ]))
    segmentation.scope = random.pick([.all, .all, .envelope, .data])
    segmentation.pacing = random.pick([
      nil, nil, nil, .delay(Microseconds(random.number(1...20_000))), .acknowledged,
    ])
    return segmentation
  }
}
