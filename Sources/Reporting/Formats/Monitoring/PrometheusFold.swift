/// The numbers of a document as Prometheus' textfile collector reads them.
enum PrometheusFold {
  static func render(_ document: any Document, _: Look) -> [UInt8] {
    var text = MetricsText()
    for case .vitals(let vitals) in document.blocks {
      for metric in vitals.metrics {
        text.add(metric.name, metric.kind, help: metric.help, metric.samples)
      }
    }
    return text.bytes
  }
}
