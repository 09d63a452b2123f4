package struct ContentGenerator: Sendable {
  package init(size: Int, lineLength: Int) {}; mutating func next(_ limit: Int) -> [UInt8] { [] }
}
