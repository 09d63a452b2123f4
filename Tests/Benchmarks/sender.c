/*
 * sender PORT BYTES|FILE - the least that it takes to deliver one message: writes of 64 KiB, one command at a time, no
 * evidence kept. A file is read once and not looked at. What smtpprobe is held against as the limit.
 */
#include <ctype.h>
#include <fcntl.h>
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

static char block[74 * 885];

static void send_all(size_t length) {
  for (size_t done = 0; done < length;) {
    ssize_t written = write(server, block + done, length - done);
    if (written <= 0) exit(1);
    done += (size_t)written;
  }
}

static void send_file(const char *path) {
  int file = open(path, O_RDONLY);
  ssize_t length;
  if (file < 0) exit(1);
  while ((length = read(file, block, sizeof block)) > 0) send_all((size_t)length);
}

static void send_lines(long left) {
  memset(block, 'x', sizeof block);
  for (size_t end = 74; end <= sizeof block; end += 74) memcpy(block + end - 2, "\r\n", 2);
  for (; left > 0; left -= (long)sizeof block) send_all(sizeof block);
}

int main(int count, char **words) {
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
  if (isdigit((unsigned char)words[2][0])) send_lines(atol(words[2]));
  else send_file(words[2]);
  exchange("\r\n.\r\n");
  exchange("QUIT\r\n");
  return 0;
}
