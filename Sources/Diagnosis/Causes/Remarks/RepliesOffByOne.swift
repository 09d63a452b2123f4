extension CauseID {
  package static let repliesOffByOne = CauseID(rawValue: "replies-off-by-one")
}

extension CatalogueRemark {
  static let repliesOffByOne = CatalogueRemark(
    id: .repliesOffByOne,
    text: """
      Replies stand beside the wrong commands: one came that nothing had asked for, or one is missing. \
      Clients match replies in order, so each later one answers another command than was meant: \
      deliveries fail with 250 for DATA, or a message counts as accepted that was not.
      """,
    causes: [.replyCountMismatch, .pipeliningAdvertisedBroken])
}
