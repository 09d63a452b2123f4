import Probe
import SMTPDialogue
import SessionTrace
import Wire

extension PlanBuilder {
  /// Every option by its long name with the value in force, for the report.
  var effectiveOptions: [String: OptionValue] {
    var options: [String: OptionValue] = [
      "from": .text(envelope.from),
      "to": .text(recipients.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",")),
      "ehlo": .text(ehloName),
      "data": envelope.data.map { .text($0) } ?? .none,
      "message_size": number(envelope.messageSize),
      "line_length": .number(envelope.lineLength),
      "envelope_size": number(envelope.envelopeSize),
      "pad": .flag(envelope.pad),
      "quit_after": envelope.quitAfter.map { .text($0) } ?? .none,
      "pipelining": .text(envelope.pipelining.rawValue),
      "chunking": .text(envelope.chunkingPlan.mode.rawValue),
      "chunk_size": number(envelope.chunkSize),
      "pregreet": .flag(envelope.pregreet),
      "ignore_keyword": words(envelope.ignoreKeyword),
      "mend": words(envelope.mend.map(\.rawValue)),
      "port": .number(port),
      "resolver": transport.resolver.map { .text($0.endpoint.description) } ?? .none,
      "family": .text(transport.ipv4 ? "ipv4" : transport.ipv6 ? "ipv6" : "any"),
      "local_address": transport.localAddress.map { .text($0) } ?? .none,
      "local_port": number(transport.localPort),
      "split": transport.split.map { .text($0) } ?? .none,
      "split_delay": transport.splitDelay.map { .text($0.description) } ?? .none,
      "split_stage": .text(transport.splitStage.rawValue),
      "nodelay": .flag(transport.nodelay),
      "fast_open": .text(transport.fastOpen.rawValue),
      "mss": number(transport.mss),
      "rcvbuf": number(transport.rcvbuf),
      "sndbuf": number(transport.sndbuf),
      "pmtu_discovery": transport.pmtuDiscovery.map { .text($0.rawValue) } ?? .none,
      "keepalive": number(transport.keepalive),
      "nudge": .flag(transport.nudge),
      "hops": .flag(transport.hops),
      "tls": .text(tlsMode.rawValue),
      "tls_verify": .flag(tls.tlsVerify),
      "tls_priority": tls.tlsPriority.map { .text($0) } ?? .none,
      "tls_sni": tls.tlsSni.map { .text($0) } ?? .none,
      "tls_ca_path": tls.tlsCAPath.map { .text($0) } ?? .none,
      "clienthello_size": number(tls.clienthelloSize),
      "tls_record_size": number(tls.tlsRecordSize),
      "timeout": .text(limits.timeout.description),
      "connect_timeout": .text(limits.connectTimeout.description),
      "total_timeout": limits.totalTimeout.map { .text($0.description) } ?? .none,
    ]
    for (name, value) in options {
      if case .text(let text) = value { options[name] = .text(escapedText(text.utf8)) }
    }
    return options
  }

  private func words(_ words: [String]) -> OptionValue {
    words.isEmpty ? .none : .text(words.joined(separator: ","))
  }

  private func number(_ value: Int?) -> OptionValue { value.map { .number($0) } ?? .none }
}
