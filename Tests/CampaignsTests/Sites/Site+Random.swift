import Campaigns
import SessionOptions
import SessionTrace
@testable import Simulation

/// A site, and the session that somebody has trouble with there, made for each other: what the server minds is
/// mostly there to be minded.
struct SiteCase {
  var site: Site
  var options: SessionOptions
  var message: [UInt8]?
  var jobs: Int

  /// The same for the same seed.
  init(seed: Int) {
    var random = SeededRandom(seed: seed)
    site = Site()
    site.seed = seed
    options = SessionOptions()
    jobs = random.pick([1, 2, 4, 4, 4, 8])
    site.chooseNature(&random)
    chooseTalk(&random)
    let faults = random.pick([0, 1, 1, 1, 1, 1, 1, 2])
    for _ in 0..<faults { addFault(&random) }
    site.chooseMoods(&random)
    // By chance of its own, so that the other sites stay as they were.
    var another = SeededRandom(seed: seed &+ 77_003)
    site.speaksLMTP = another.chance(6)
    options.lmtp = site.speaksLMTP
  }

  var request: SessionRequest {
    get throws {
      guard let target = Target("192.0.2.10") else { throw NoTarget() }
      return SessionRequest(target: target, options: options, standardInput: message)
    }
  }

  struct NoTarget: Error {}

  private mutating func chooseTalk(_ random: inout SeededRandom) {
    options.tls = .off
    options.ehlo = "probe.example.org"
    options.from = "<sender@example.org>"
    options.timeouts.reply = .fixed(random.pick([.milliseconds(500), .seconds(2), .seconds(10)]))
    let recipients = random.pick([1, 1, 1, 2, 5, 15])
    options.to = (1...recipients).map { "user\($0)@example.com" }
    options.pipelining = random.pick([.auto, .auto, .on, .off])
    if random.chance(40) { options.envelopeSize = random.number(200...1_400) + 30 * recipients }
    if random.chance(50) { sendMessage(random.number(60...2_500), &random) }
    if random.chance(15) {
      options.split = random.pick([
        .command, .crlf, .sizes([.bytes(513)]), .sizes([.bytes(random.number(1...900)), .rest]),
        .endOfData(random.number(1...4)),
      ])
    }
    options.pregreet = random.chance(5)
    if message != nil, random.chance(25) { options.chunking = random.pick([.on, .auto]) }
  }

  private mutating func sendMessage(_ size: Int, _ random: inout SeededRandom) {
    var text = Array("Subject: test\r\n\r\n".utf8)
    while text.count < size {
      text += [UInt8](repeating: 0x61, count: random.number(1...72)) + [13, 10]
    }
    if random.chance(20) { text += [0x62, 0, 0x62, 13, 10] }
    if random.chance(20) { text += [0xC3, 0xA9, 13, 10] }
    if random.chance(20) { text += [UInt8](repeating: 0x63, count: 1_200) + [13, 10] }
    if random.chance(20) { text += [0x64, 10, 0x64, 13, 10] }
    message = text
    (options.data, options.messageSize) = ("-", nil)
  }

  private mutating func sendMessage(with bytes: [UInt8], _ random: inout SeededRandom) {
    if message == nil { sendMessage(random.number(60...2_000), &random) }
    message? += bytes + [13, 10]
  }

  // MARK: - Faults

  private mutating func addFault(_ random: inout SeededRandom) {
    let way = random.pick([SiteFault.Way.silence, .silence, .closes, .resets])
    // Sometimes the session that somebody asks about does not meet it.
    let meets = random.chance(90)
    switch random.number(0...25) {
    case 0, 1: addStop(way, &random)
    case 2: addRefusal(&random)
    case 3, 4: addDelay(&random)
    case 5...8:
      let trait = random.pick(SiteFault.Trait.allCases)
      if meets { sendMessage(with: trait.sample, &random) }
      site.faults.append(.minds(trait, way))
    case 9:
      if meets { sendMessage(random.number(3_000...5_000), &random) }
      site.faults.append(.mindsSize(random.number(1_500...2_500), way))
    case 10:
      if meets {
        // Of what comes from standard input no size is known beforehand.
        (message, options.data, options.messageSize) = (nil, nil, 700)
        site.offersSize = true
      }
      let refusal = SiteFault.Way.refuses(random.pick([501, 555]))
      site.faults.append(.mindsParameter(random.pick([.closes, .resets, refusal])))
    case 11:
      let most = random.number(9...25)
      if meets {
        options.to = (1...(most + random.number(1...20))).map { "user\($0)@example.com" }
        options.envelopeSize = nil
      }
      site.faults.append(.mindsRecipients(most, random.pick([way, .refuses(452)])))
    case 12:
      if meets { options.pregreet = true }
      site.faults.append(.mindsEarlyTalk(random.pick([way, .refusesAndLeaves(554)])))
    case 13:
      if meets { pipeline() }
      site.faults.append(random.chance(50) ? .throwsAwayGroups : .mindsGroups(way))
    case 14:
      if meets { pipeline(atLeast: 700, &random) }
      site.faults.append(.takesAtOnce(random.number(100...1_000)))
    case 15:
      if meets {
        if message == nil { sendMessage(2_000, &random) }
        options.chunking = .on
      }
      site.faults.append(.mindsChunks(way))
    case 16, 17: addBoundary(meets, &random)
    case 18, 19: addLoss(meets, &random)
    case 20:
      site.longHello = meets
      site.faults.append(.losesReplies(over: random.number(700...1_300)))
    case 21:
      let word = random.pick([[0], Array("X-Virus".utf8)])
      if meets { sendMessage(with: [0x62] + word + [0x62], &random) }
      site.faults.append(.losesWord(word))
    case 22:
      if meets {
        if message == nil { sendMessage(500, &random) }
        options.split = .endOfData(random.number(1...4))
        options.chunking = nil
      }
      site.faults.append(.splitEnd)
    case 23:
      if meets { options.split = .crlf }
      site.faults.append(.splitLineEnd)
    case 24:
      if meets { options.split = .sizes([.bytes(random.number(1...30)), .rest]) }
      site.faults.append(.splitCommand)
    default:
      if meets { site.faults.append(.late([random.pick([.mail, .rcpt])], .seconds(5))) }
      options.timeouts.reply = .fixed(.seconds(random.pick([2, 10, 30])))
      site.faults.append(.forgets(after: .seconds(3), resets: random.chance(40)))
    }
  }

  private mutating func pipeline() {
    options.pipelining = site.offersPipelining ? .auto : .on
    options.split = nil
  }

  private mutating func pipeline(atLeast size: Int, _ random: inout SeededRandom) {
    pipeline()
    options.envelopeSize = random.number(size...1_440)
    options.to = Array(options.to.prefix(5))
  }

  private mutating func addStop(_ way: SiteFault.Way, _ random: inout SeededRandom) {
    let stage = random.pick([Stage.banner, .ehlo, .mail, .rcpt, .data, .dot, .quit])
    if stage == .dot, message == nil { sendMessage(500, &random) }
    site.faults.append(.stops(stage, way))
  }

  private mutating func addRefusal(_ random: inout SeededRandom) {
    let stage = random.pick([Stage.banner, .ehlo, .mail, .rcpt, .data, .dot])
    if stage == .dot, message == nil { sendMessage(500, &random) }
    let code = random.pick([421, 450, 451, 452, 550, 552, 554])
    site.faults.append(
      .stops(stage, random.chance(60) ? .refuses(code) : .refusesAndLeaves(code)))
  }

  private mutating func addDelay(_ random: inout SeededRandom) {
    let stages = random.pick([
      [Stage.banner], [.ehlo], [.mail], [.rcpt], [.data], [.dot], [.mail, .rcpt, .data],
    ])
    if stages == [.dot], message == nil { sendMessage(500, &random) }
    let time = Microseconds(random.number(300_000...40_000_000))
    site.faults.append(.late(stages, time))
  }

  private mutating func addBoundary(_ meets: Bool, _ random: inout SeededRandom) {
    pipeline(atLeast: 300, &random)
    // What fits into the small segments that an investigation tries can be isolated.
    if random.chance(60) { options.envelopeSize = random.number(300...536) }
    let size = options.envelopeSize ?? 0
    if random.chance(70) {
      site.faults.append(.swallowsLength(meets ? size : size + 1))
    } else {
      let period = random.number(2...8)
      if meets { options.envelopeSize = size - size % period }
      site.faults.append(.swallowsEvery(period))
    }
  }

  private mutating func addLoss(_ meets: Bool, _ random: inout SeededRandom) {
    if meets { pipeline(atLeast: 900, &random) }
    let size = max(700, options.envelopeSize ?? 1_000)
    switch random.number(0...4) {
    case 0, 1:
      site.faults.append(
        .losesLengths(random.number(600...size)...65_535, unlessCut: random.chance(70)))
    case 2: site.faults.append(.losesLengths(size...size, unlessCut: false))
    case 3: site.faults.append(.losesEvery(random.number(2...6)))
    default:
      site.faults.append(
        .losesLengths(
          (size - random.number(0...200))...(size + random.number(1...200)),
          unlessCut: false))
    }
  }
}

extension Site {
  fileprivate mutating func chooseNature(_ random: inout SeededRandom) {
    offersPipelining = random.chance(75)
    offersSize = random.chance(60)
    offersChunking = random.chance(50)
    thinks = Microseconds(random.pick([100, 5_000, 80_000]))
    delay = Microseconds(random.number(50...100_000))
    if random.chance(10) { lossPercent = random.pick([1, 3]) }
  }

  fileprivate mutating func chooseMoods(_ random: inout SeededRandom) {
    if random.chance(20) {
      occurrence = random.pick([
        .byChance(random.pick([20, 50, 80, 95])), .everyNth(random.number(2...6)),
        .until(random.number(1...12)), .from(random.number(2...12)),
      ])
    }
    if random.chance(8) {
      lockOut = (random.number(3...25), random.pick(Site.Refusal.allCases))
    }
    if random.chance(6) { crowd = (random.number(1...3), random.pick(Site.Refusal.allCases)) }
    if random.chance(15) {
      givesUp = (Microseconds(random.number(1_000_000...60_000_000)), random.chance(50))
    }
  }
}

extension SiteFault.Trait {
  /// Bytes of a message that has it.
  fileprivate var sample: [UInt8] {
    switch self {
    case .zeros: [0x62, 0, 0x62]
    case .eightBit: [0xC3, 0xA9]
    case .longLines: [UInt8](repeating: 0x63, count: 1_200)
    case .bareLineEnds: [0x64, 10, 0x64]
    }
  }
}
