import Reporting
import Testing
import Wire

@testable import Campaigns

/// What a scan is made of, by itself.
@Suite("Parts of a scan")
struct ScanPartsTests {
  @Test(
    "A permutation has every number once, and a seed its own order",
    arguments: [0, 1, 2, 5, 64, 1000])
  func permutation(count: Int) {
    let one = Permutation(count: count, seed: 1)
    let order = (0..<count).map { one[$0] }
    #expect(order.sorted() == Array(0..<count))
    #expect(order == (0..<count).map { Permutation(count: count, seed: 1)[$0] })
    if count > 60 {
      #expect(order != (0..<count).map { Permutation(count: count, seed: 2)[$0] })
      #expect(order != Array(0..<count))
    }
  }

  @Test("Shards are disjoint, of like size, and all of them the whole", arguments: [1, 2, 3, 16])
  func shards(count: Int) throws {
    var sizes = [Int](repeating: 0, count: count)
    for host in (0..<2000).map({ "mx\($0).example.org" }) {
      let holders = (1...count).filter { Shard($0, of: count)?.holds(host: host) == true }
      #expect(holders.count == 1)
      let holder = try #require(holders.first)
      #expect(Shard(holder, of: count)?.holds(host: host.uppercased()) == true)
      sizes[holder - 1] += 1
    }
    #expect(sizes.allSatisfy { abs($0 - 2000 / count) < 2000 / count / 2 + 1 })
  }

  @Test("A host is in the same shard in every version and on every machine")
  func stable() {
    #expect(stableHash("mx.example.org".utf8) == 0x71D6_D129_70F8_1696)
  }

  @Test(
    "Networks hold the addresses that begin as they do",
    arguments: [
      ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
      ("192.0.2.77/25", "192.0.2.1", true), ("192.0.2.128/25", "192.0.2.1", false),
      ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
      ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
      ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/33", "2001:db8:8000::1", false),
      ("fe80::/10", "fe80::1%lo", true), ("192.0.2.0/24", "::ffff:192.0.2.9", true),
      ("::ffff:192.0.2.0/120", "192.0.2.9", true), ("::/0", "2001:db8::1", true),
    ])
  func networks(network: String, address: String, isIn: Bool) {
    var list = NetworkList()
    let isNetwork = list.add(network)
    #expect(isNetwork && list.holds(.ip(address: address, port: 25)) == isIn)
  }

  @Test(
    "What is no network is none",
    arguments: [
      "", "example.org", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "1/2/3", "192.0.2",
    ])
  func noNetwork(text: String) {
    var list = NetworkList()
    let isNetwork = list.add(text)
    #expect(!isNetwork && list.isEmpty)
  }

  @Test("What waits first goes first, however many wait")
  func fifo() {
    var queue = Fifo<Int>()
    var taken: [Int] = []
    for number in 0..<1000 {
      queue.append(number)
      if number % 3 == 0, let first = queue.popFirst() { taken.append(first) }
    }
    #expect(queue.count == 1000 - taken.count)
    while let first = queue.popFirst() { taken.append(first) }
    #expect(taken == Array(0..<1000))
    #expect(queue.isEmpty)
  }

  @Test(
    "The part is what the command line says, or else the engine",
    arguments: [
      ([:], "1/1", nil),
      (["JOB_COMPLETION_INDEX": "2", "SMTPPROBE_SHARDS": "4"], "3/4", "JOB_COMPLETION_INDEX"),
      (["JOB_COMPLETION_INDEX": "2"], "1/1", "the whole list: JOB_COMPLETION_INDEX is set"),
      (
        [
          "SLURM_ARRAY_TASK_ID": "14", "SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_COUNT": "3",
          "SLURM_ARRAY_TASK_STEP": "2",
        ], "3/3", "shard 3/3 from SLURM_ARRAY_TASK_ID"
      ),
      (["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "5"], "1/5", "CI_NODE_INDEX"),
      (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "5"], "1/5", "CIRCLE_NODE_INDEX"),
      (
        ["BUILDKITE_PARALLEL_JOB": "4", "BUILDKITE_PARALLEL_JOB_COUNT": "5"], "5/5",
        "BUILDKITE_PARALLEL_JOB"
      ),
      (["CLOUD_RUN_TASK_INDEX": "1", "CLOUD_RUN_TASK_COUNT": "2"], "2/2", "CLOUD_RUN_TASK_INDEX"),
      (["BATCH_TASK_INDEX": "1", "BATCH_TASK_COUNT": "2"], "2/2", "BATCH_TASK_INDEX"),
      (["AWS_BATCH_JOB_ARRAY_INDEX": "1", "SMTPPROBE_SHARDS": "2"], "2/2", "AWS_BATCH"),
      (["NOMAD_ALLOC_INDEX": "0", "SMTPPROBE_SHARDS": "2"], "1/2", "NOMAD_ALLOC_INDEX"),
      (["PBS_ARRAY_INDEX": "2", "SMTPPROBE_SHARDS": "2"], "2/2", "PBS_ARRAY_INDEX"),
      (
        [
          "SGE_TASK_ID": "5", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "9", "SGE_TASK_STEPSIZE": "2",
        ], "3/5", "SGE_TASK_ID"
      ),
      (["SGE_TASK_ID": "undefined"], "1/1", nil),
      (["PARALLEL_SEQ": "2", "SMTPPROBE_SHARDS": "3"], "2/3", "PARALLEL_SEQ"),
    ] as [([String: String], String, String?)])
  func choice(environment: [String: String], shard: String, remark: String?) throws {
    let choice = try ShardChoice(given: nil, count: nil) { environment[$0] }
    #expect(choice.shard.description == shard)
    #expect((choice.remark == nil) == (remark == nil))
    #expect(remark.map { choice.remark?.contains($0) == true } ?? true, "\(choice.remark ?? "")")
    let given = try ShardChoice(given: Shard("2/7"), count: nil) { environment[$0] }
    #expect(given.shard.description == "2/7" && given.remark == nil)
  }

  @Test("A number beyond the count, and a count without a number, are refused")
  func refusedChoice() {
    #expect(throws: ExitMessage.self) {
      try ShardChoice(given: nil, count: 2) { $0 == "JOB_COMPLETION_INDEX" ? "2" : nil }
    }
    #expect(throws: ExitMessage.self) { try ShardChoice(given: nil, count: 2) { _ in nil } }
  }
}
