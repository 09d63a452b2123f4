import Campaigns
import SessionOptions
import SessionTrace
import Testing
import Wire

@Suite("How much is asked of a server")
struct CampaignLimitsTests {
  private static let here = "127.0.0.1"
  private static let elsewhere = "mx.example.com"

  @Test(
    "goes slowly to another host, and as fast as it can on this one",
    arguments: [
      (here, CampaignLimits(), "8 at a time"),
      (elsewhere, CampaignLimits(), "8 at a time, one every 500.0 ms"),
      ("lab:healthy", CampaignLimits(jobs: 3), "3 at a time"),
      (elsewhere, CampaignLimits(interval: .seconds(2)), "8 at a time, one every 2.000 s"),
    ] as [(String, CampaignLimits, String)])
  func pace(target: String, limits: CampaignLimits, words: String) throws {
    #expect(limits.pace(to: try #require(Target(target)), usually: 8).text == words)
  }

  @Test(
    "makes a hundred connections to another host, unless told otherwise",
    arguments: [
      (here, CampaignLimits(), nil), (elsewhere, CampaignLimits(), 100),
      (elsewhere, CampaignLimits(isInsistent: true), nil),
      (elsewhere, CampaignLimits(mostConnections: 7), 7),
      (here, CampaignLimits(mostConnections: 7), 7),
    ] as [(String, CampaignLimits, Int?)])
  func most(target: String, limits: CampaignLimits, most: Int?) throws {
    #expect(limits.sessionLimit(to: try #require(Target(target))) == most)
  }

  /// What is asked for, and the words in which it is refused.
  struct Question: Sendable {
    var target = elsewhere
    var limits = CampaignLimits()
    var sessions = 0
    var deliversMail = false
    var refusal: String?
  }

  @Test(
    "asks before it asks much of another host, or delivers mail to it",
    arguments: [
      Question(sessions: 100), Question(target: here, sessions: 1_000, deliversMail: true),
      Question(
        sessions: 101,
        refusal: "101 connections to mx.example.com: say --yes, or ask for fewer"
          + " (--max-connections)"),
      Question(limits: CampaignLimits(mostConnections: 50), sessions: 101),
      Question(
        limits: CampaignLimits(mostConnections: 200), sessions: 1,
        refusal: "200 connections to mx.example.com: say --yes, or ask for fewer"
          + " (--max-connections)"),
      Question(
        sessions: 1, deliversMail: true,
        refusal: "each session delivers a message to mx.example.com: say --yes"),
      Question(limits: CampaignLimits(isInsistent: true), sessions: 500, deliversMail: true),
    ])
  func check(question: Question) throws {
    let target = try #require(Target(question.target))
    var refusal: ExitMessage?
    do {
      try question.limits.check(
        sessions: question.sessions, deliversMail: question.deliversMail, to: target)
    } catch {
      refusal = error
    }
    #expect(refusal?.text == question.refusal)
    #expect(refusal?.status ?? .usage == .usage)
  }
}
