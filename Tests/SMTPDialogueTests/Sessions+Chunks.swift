import SessionOptions
import SMTPDialogue

extension Session {
  private static let chunkingOffered =
    greeted + """
      S: 250-mx
      S: 250-CHUNKING
      S: 250 PIPELINING
      C: MAIL FROM:<>
      C: RCPT TO:<postmaster>

      """

  private static func chunks(
    _ name: String, _ script: String, mode: ChunkingMode = .on, size: Int? = nil
  ) -> Session {
    Session(
      name, script,
      plan: {
        try makePlan {
          $0.message = MessagePlan()
          $0.chunking = ChunkingPlan(mode: mode, size: size)
        }
      })
  }

  /// Content by BDAT (RFC 3030).
  static let chunks: [Session] = [
    chunks(
      "one chunk, without DATA",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > chunk 500 LAST
        D: BDAT 500 LAST
        S: 250 queued
        C: QUIT
        S: 221 bye
        = done
        """),
    chunks(
      "each chunk waits for the reply to the one before",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > chunk 500
        D: BDAT 500
        S: 250 taken
        * chunk
        > chunk 0 LAST
        D: BDAT 0 LAST
        S: 250 queued
        C: QUIT
        """),
    chunks(
      "the first chunk leaves with the envelope, and its reply comes behind theirs",
      chunkingOffered + """
        * chunk
        > chunk 500 LAST
        D: BDAT 500 LAST
        S: 250 ok
        S: 250 ok
        S: 250 queued
        C: QUIT
        S: 221 bye
        = done
        """, mode: .early),
    chunks(
      "the replies to the envelope come while the chunk is leaving, and ask for no other",
      chunkingOffered + """
        * chunk
        > begin 500
        D: BDAT 500
        S: 250 ok
        S: 250 ok
        """, mode: .early),
    chunks(
      "the second chunk waits for the reply to the first, which left with the envelope",
      chunkingOffered + """
        * chunk
        > chunk 500
        D: BDAT 500
        S: 250 ok
        S: 250 ok
        S: 250 taken
        * chunk
        > chunk 1 LAST
        D: BDAT 1 LAST
        S: 250 queued
        C: QUIT
        """, mode: .early),
    chunks(
      "the only recipient is refused: the chunk behind it is refused, too",
      chunkingOffered + """
        * chunk
        > chunk 500 LAST
        D: BDAT 500 LAST
        S: 250 ok
        S: 550 nobody
        S: 503 no recipients
        C: RSET
        C: QUIT
        S: 250 ok
        S: 221 bye
        = done
        """, mode: .early),
    chunks(
      "everybody is refused while the chunk is leaving: it goes to its end",
      chunkingOffered + """
        * chunk
        > begin 500
        D: BDAT 500
        S: 550 not you
        S: 503 no sender
        """, mode: .early),
    chunks(
      "everybody is refused before a chunk from a pipe is known: none is sent",
      chunkingOffered + """
        * chunk
        S: 250 ok
        S: 550 nobody
        * stop
        C: RSET
        C: QUIT
        """, mode: .early),
    chunks(
      "without CHUNKING the message waits for 354",
      pipelined + """
        ~ the server does not offer CHUNKING: the message goes by DATA
        C: MAIL FROM:<>
        C: RCPT TO:<postmaster>
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        * content
        """, mode: .early),
    chunks(
      "without PIPELINING the chunk waits for the envelope",
      greeted + """
        S: 250-mx
        S: 250 CHUNKING
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<postmaster>
        S: 250 ok
        * chunk
        """, mode: .early),
    Session(
      "421 to the last of two recipients, where a chunk would have been next: nothing leaves",
      chunkingOffered + """
        C: RCPT TO:<second@example.org>
        S: 250 ok
        S: 250 ok
        S: 421 closing
        = done
        """,
      plan: {
        try makePlan(to: ["postmaster", "second@example.org"]) {
          $0.message = MessagePlan()
          $0.chunking = ChunkingPlan(mode: .on)
        }
      }),
    chunks(
      "a chunk refused: RSET, as RFC 3030 demands",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > chunk 500
        D: BDAT 500
        S: 552 too big
        C: RSET
        C: QUIT
        """),
    chunks(
      "the last chunk refused: RSET all the same",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > chunk 500 LAST
        D: BDAT 500 LAST
        S: 554 spam
        C: RSET
        C: QUIT
        """),
    chunks(
      "a refusal before the chunk is out stops the content",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > begin 500
        D: BDAT 500
        S: 552 too big
        * stop
        = done
        """),
    chunks(
      "a refusal before a chunk is announced refuses the content",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        S: 500 what?
        * stop
        = done
        """),
    chunks(
      "a 2xx before a chunk is announced answers nothing",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        S: 250 ok
        !! unsolicited_reply
        * stop
        = protocol error
        """),
    chunks(
      "a 2xx before the chunk is out answers nothing",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > begin 500
        D: BDAT 500
        S: 250 ok
        !! unsolicited_reply
        * stop
        = protocol error
        """),
    chunks(
      "354 is no answer to a chunk",
      chunkingOffered + """
        S: 250 ok
        S: 250 ok
        * chunk
        > chunk 500 LAST
        D: BDAT 500 LAST
        S: 354 go
        !! unexpected_code
        = protocol error
        """),
    chunks(
      "nobody accepted: no chunk",
      chunkingOffered + """
        S: 250 ok
        S: 550 unknown
        C: RSET
        C: QUIT
        """),
    chunks(
      "the sender refused, a recipient accepted: no chunk",
      chunkingOffered + """
        S: 550 no
        S: 250 ok
        C: QUIT
        """),
    chunks(
      "one command at a time",
      plain + """
        ~ the server does not offer CHUNKING: the message goes by BDAT all the same
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<postmaster>
        S: 250 ok
        * chunk
        > chunk 3 LAST
        D: BDAT 3 LAST
        S: 250 queued
        C: QUIT
        """),
    chunks(
      "CHUNKING not offered, and asked for only where it is: DATA",
      plain + """
        ~ the server does not offer CHUNKING: the message goes by DATA
        C: MAIL FROM:<>
        S: 250 ok
        C: RCPT TO:<postmaster>
        S: 250 ok
        C: DATA
        S: 354 go
        * content
        """, mode: .auto),
    Session(
      "without a message, DATA is asked for as ever",
      chunkingOffered + """
        C: DATA
        S: 250 ok
        S: 250 ok
        S: 354 go
        = done
        """, plan: { try makePlan { $0.chunking = ChunkingPlan(mode: .on) } }),
  ]
}
