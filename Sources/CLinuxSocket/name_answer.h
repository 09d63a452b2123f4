/* What name servers answer, read into plain text. */
#ifndef CLINUXSOCKET_NAME_ANSWER_H
#define CLINUXSOCKET_NAME_ANSWER_H

#include <arpa/nameser.h>
#include <stdint.h>

/* More records than any host has; what is beyond is not tried. */
enum { most_name_records = 128, longest_name = NS_MAXDNAME };

struct name_record {
  uint16_t preference, length;
  char text[longest_name];
};

struct name_answer {
  unsigned count;
  char alias[longest_name];
  struct name_record records[most_name_records];
};

/* One more record, an address or the name of a host; a text that is too long is left out. */
void name_answer_add(struct name_answer *answer, const char *text, uint16_t preference);

/* The records of the type asked for in an answer; how many were malformed, which are left out. The
 * alias is where the name asked for leads to by the last CNAME: a name server sends the whole chain
 * along. */
unsigned name_answer_read(struct name_answer *answer, int type, const unsigned char *bytes, int length);

/* Whether the aliases of the name asked for lead back to one before. */
int name_answer_goes_round(const unsigned char *bytes, int length);

#endif
