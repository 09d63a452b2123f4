/*
 * sender PORT BYTES - the least that it takes to deliver one message: writes of 64 KiB, one command at a time, no
 * evidence kept. What smtpprobe is held against as the limit.
 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int server;

static void exchange(const char *text) {
  char reply[4096];
  if (text && write(server, text, strlen(text)) < 0) exit(1);
  if (read(server, reply, sizeof reply) <= 0) exit(1);
}

int main(int count, char **words) {
  static char block[74 * 885];
  if (count != 3) return 64;
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons((unsigned short)atoi(words[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  server = socket(AF_INET, SOCK_STREAM, 0);
  if (server < 0 || connect(server, (struct sockaddr *)&address, sizeof address)) return 1;
  exchange(NULL);
  exchange("EHLO sender.example\r\n");
  exchange("MAIL FROM:<a@b.example>\r\n");
  exchange("RCPT TO:<d@e.example>\r\n");
  exchange("DATA\r\n");
  memset(block, 'x', sizeof block);
  for (size_t end = 74; end <= sizeof block; end += 74) memcpy(block + end - 2, "\r\n", 2);
  for (long left = atol(words[2]); left > 0;) {
    ssize_t written = write(server, block, sizeof block);
    if (written <= 0) return 1;
    left -= written;
  }
  exchange("\r\n.\r\n");
  exchange("QUIT\r\n");
  return 0;
}
