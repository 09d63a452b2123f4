#define _GNU_SOURCE
#include "name_answer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void name_answer_add(struct name_answer *answer, const char *text, uint16_t preference) {
  if (answer->count == most_name_records) return;
  struct name_record *record = &answer->records[answer->count];
  int length = snprintf(record->text, sizeof record->text, "%s", text);
  if (length >= (int)sizeof record->text) return;
  record->preference = preference;
  record->length = length;
  answer->count++;
}

/* The strings of one TXT record as one, with whatever bytes are in them; what has no room is left out.
 * -1 when a string is longer than the record. */
static int add_text(struct name_answer *answer, const unsigned char *data, unsigned size) {
  if (answer->count == most_name_records) return 0;
  struct name_record *record = &answer->records[answer->count];
  unsigned length = 0;
  while (size > 0) {
    unsigned part = *data++;
    if (part > --size) return -1;
    unsigned room = sizeof record->text - 1 - length;
    memcpy(record->text + length, data, part < room ? part : room);
    length += part < room ? part : room;
    data += part;
    size -= part;
  }
  record->text[length] = 0;
  record->length = length;
  answer->count++;
  return 0;
}

/* Longer than any chain of aliases that leads somewhere. */
enum { most_aliases = 32 };

/* The name that one is an alias of, by the first record of an answer that says so: 0 when none does. */
static int read_alias(ns_msg *message, const char *asked, char *target) {
  for (int index = 0; index < ns_msg_count(*message, ns_s_an); index++) {
    ns_rr record;
    if (ns_parserr(message, ns_s_an, index, &record) != 0) continue;
    if (ns_rr_class(record) == ns_c_in && ns_rr_type(record) == ns_t_cname &&
        strcasecmp(ns_rr_name(record), asked) == 0 &&
        ns_name_uncompress(ns_msg_base(*message), ns_msg_end(*message), ns_rr_rdata(record), target,
                           longest_name) >= 0)
      return 1;
  }
  return 0;
}

int name_answer_goes_round(const unsigned char *bytes, int length) {
  ns_msg message;
  ns_rr question;
  char names[most_aliases][longest_name];
  if (ns_initparse(bytes, length, &message) != 0 || ns_msg_count(message, ns_s_qd) < 1 ||
      ns_parserr(&message, ns_s_qd, 0, &question) != 0)
    return 0;
  snprintf(names[0], longest_name, "%s", ns_rr_name(question));
  for (int count = 1; count < most_aliases; count++) {
    if (!read_alias(&message, names[count - 1], names[count])) return 0;
    for (int before = 0; before < count; before++)
      if (strcasecmp(names[before], names[count]) == 0) return 1;
  }
  return 0;
}

unsigned name_answer_read(struct name_answer *answer, int type, const unsigned char *bytes, int length) {
  unsigned malformed = 0;
  ns_msg message;
  if (ns_initparse(bytes, length, &message) != 0) return 1;
  for (int index = 0; index < ns_msg_count(message, ns_s_an); index++) {
    ns_rr record;
    char text[longest_name];
    if (ns_parserr(&message, ns_s_an, index, &record) != 0) {
      malformed++;
      continue;
    }
    if (ns_rr_class(record) != ns_c_in) continue;
    const unsigned char *data = ns_rr_rdata(record);
    unsigned size = ns_rr_rdlen(record);
    if (ns_rr_type(record) == ns_t_cname) {
      if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data, text,
                             sizeof text) >= 0)
        memcpy(answer->alias, text, sizeof text);
      continue;
    }
    if ((int)ns_rr_type(record) != type) continue;
    if (type == ns_t_mx) {
      if (size < 3 || ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data + 2,
                                         text, sizeof text) < 0)
        malformed++;
      else
        name_answer_add(answer, text[0] ? text : ".", ns_get16(data));
    } else if (type == ns_t_txt) {
      if (add_text(answer, data, size) != 0) malformed++;
    } else if (size == (type == ns_t_a ? 4 : 16) &&
               inet_ntop(type == ns_t_a ? AF_INET : AF_INET6, data, text, sizeof text)) {
      name_answer_add(answer, text, 0);
    } else {
      malformed++;
    }
  }
  return malformed;
}
