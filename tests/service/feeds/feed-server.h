/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A GBFS server on loopback that can misbehave. It lives in the main context of the test. */

G_BEGIN_DECLS

typedef enum {
  FEED_SERVER_GOOD,
  FEED_SERVER_NOT_FOUND,
  FEED_SERVER_BROKEN,        /* 500 */
  FEED_SERVER_GARBAGE,       /* bytes of no kind */
  FEED_SERVER_HALF_JSON,     /* a whole answer of half a document */
  FEED_SERVER_HANGS_UP,      /* less than the length it announced */
  FEED_SERVER_DRIPS,         /* a byte now and then, without end */
  FEED_SERVER_REDIRECTS,     /* to itself */
  FEED_SERVER_TO_FILE,       /* links to a file of the machine */
  FEED_SERVER_HUGE,          /* a body without end, as fast as it goes */
  FEED_SERVER_DEEP,          /* nested 100,000 deep */
  FEED_SERVER_STATUS_BROKEN, /* all good but station_status */
  FEED_SERVER_TYPES_BROKEN,  /* all good but vehicle_types */
} FeedServerManner;

typedef struct _FeedServer FeedServer;

FeedServer *feed_server_new (void);
void feed_server_free (FeedServer *server);
/* Address of its gbfs.json (transfer none). */
const char *feed_server_get_address (FeedServer *server);
void feed_server_set_manner (FeedServer *server, FeedServerManner manner);
/* Cars at the station "a" from now on. */
void feed_server_set_cars (FeedServer *server, unsigned n_cars);
/* What is served as traffic from now on; its address (transfer full). */
char *feed_server_set_traffic (FeedServer *server, const char *document);
/* Answers of 200 and of 304 given so far. */
unsigned feed_server_get_n_whole (FeedServer *server);
unsigned feed_server_get_n_unchanged (FeedServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FeedServer, feed_server_free)

G_END_DECLS
