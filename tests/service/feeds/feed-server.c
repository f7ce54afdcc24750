/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/feeds/feed-server.h"

#include <libsoup/soup.h>
#include <string.h>

/* Every answer is made when it is asked for, in the manner set at that moment. */

#define DRIP_MS 5
#define PIECE_BYTES (256 * 1024)

struct _FeedServer {
  SoupServer *server;
  char *address;
  FeedServerManner manner;
  unsigned n_cars;
  char *traffic;
  unsigned n_whole;
  unsigned n_unchanged;
};

typedef struct {
  SoupServerMessage *message;
  unsigned timer;
} Drip;

static const char information[] =
    "{\"last_updated\":1640887163,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"stations\":["
    "{\"station_id\":\"a\",\"name\":\"Gare de Lyon - Paris 12\",\"lat\":48.84,\"lon\":2.37}]}}";
static const char types[] =
    "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"vehicle_types\":["
    "{\"vehicle_type_id\":\"car\",\"form_factor\":\"car\",\"propulsion_type\":\"electric\"}]}}";
static const char discovery[] =
    "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"en\":{\"feeds\":["
    "{\"name\":\"station_information\",\"url\":\"station_information.json\"},"
    "{\"name\":\"station_status\",\"url\":\"station_status.json\"},"
    "{\"name\":\"vehicle_types\",\"url\":\"vehicle_types.json\"}]}}}";
static const char discovery_to_file[] =
    "{\"last_updated\":1,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"en\":{\"feeds\":["
    "{\"name\":\"station_information\",\"url\":\"file:///etc/passwd\"}]}}}";

static char *
make_document (FeedServer *self, const char *path)
{
  if (strcmp (path, "/gbfs.json") == 0)
    return g_strdup (self->manner == FEED_SERVER_TO_FILE ? discovery_to_file : discovery);
  if (strcmp (path, "/station_information.json") == 0)
    return g_strdup (information);
  if (strcmp (path, "/vehicle_types.json") == 0)
    return g_strdup (types);
  if (strcmp (path, "/traffic") == 0)
    return g_strdup (self->traffic);
  return g_strdup_printf (
      "{\"last_updated\":1640887200,\"ttl\":0,\"version\":\"2.3\",\"data\":{\"stations\":["
      "{\"station_id\":\"a\",\"is_installed\":true,\"is_renting\":true,\"is_returning\":true,"
      "\"last_reported\":1640887190,\"num_docks_available\":3,\"num_bikes_available\":%u}]}}",
      self->n_cars);
}

static void
answer_good (FeedServer *self, SoupServerMessage *message, const char *path)
{
  g_autofree char *document = make_document (self, path);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA1, document, -1);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", digest);
  const char *known = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "If-None-Match");

  soup_message_headers_append (soup_server_message_get_response_headers (message), "ETag", etag);
  if (g_strcmp0 (known, etag) == 0)
    {
      self->n_unchanged++;
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  self->n_whole++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, document,
                                    strlen (document));
}

static void
answer_text (SoupServerMessage *message, const char *text, size_t size)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, size);
}

static gboolean
on_drip (void *data)
{
  Drip *drip = data;

  soup_message_body_append (soup_server_message_get_response_body (drip->message), SOUP_MEMORY_COPY,
                            " ", 1);
  soup_server_message_unpause (drip->message);
  return G_SOURCE_CONTINUE;
}

/* Runs when the message is finished or, where the server is closed first, freed. */
static void
drip_free (void *data, GClosure *closure)
{
  Drip *drip = data;

  g_source_remove (drip->timer);
  g_free (drip);
}

static void
on_drip_finished (SoupServerMessage *message, void *data)
{
  g_signal_handlers_disconnect_by_data (message, data);
}

static void
answer_drip (SoupServerMessage *message)
{
  Drip *drip = g_new0 (Drip, 1);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  drip->message = message;
  drip->timer = g_timeout_add (DRIP_MS, on_drip, drip);
  g_signal_connect_data (message, "finished", G_CALLBACK (on_drip_finished), drip, drip_free, 0);
}

static void
on_wrote_chunk (SoupServerMessage *message, void *data)
{
  static char piece[PIECE_BYTES];

  memset (piece, ' ', sizeof piece);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY,
                            piece, sizeof piece);
}

static void
answer_huge (SoupServerMessage *message)
{
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), NULL);
  on_wrote_chunk (message, NULL);
}

static void
answer_hang_up (SoupServerMessage *message)
{
  static const char half[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Content-Length: 5000\r\n\r\n{\"version\":\"2.3\",";
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), half, strlen (half), NULL,
                             NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

static void
answer_deep (SoupServerMessage *message)
{
  g_autoptr (GString) text = g_string_new ("{\"version\":\"2.3\",\"data\":");

  for (unsigned i = 0; i < 100000; i++)
    g_string_append (text, "[");
  answer_text (message, text->str, text->len);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            void *data)
{
  FeedServer *self = data;
  FeedServerManner manner = self->manner;
  static const char garbage[] = "{\x00\xff\xfe\x01\x80garbage";

  if ((manner == FEED_SERVER_STATUS_BROKEN && strcmp (path, "/station_status.json") == 0) ||
      (manner == FEED_SERVER_TYPES_BROKEN && strcmp (path, "/vehicle_types.json") == 0) ||
      manner == FEED_SERVER_BROKEN)
    soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
  else if (manner == FEED_SERVER_NOT_FOUND)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (manner == FEED_SERVER_GARBAGE)
    answer_text (message, garbage, sizeof garbage);
  else if (manner == FEED_SERVER_HALF_JSON)
    answer_text (message, discovery, sizeof discovery / 2);
  else if (manner == FEED_SERVER_HANGS_UP)
    answer_hang_up (message);
  else if (manner == FEED_SERVER_DRIPS)
    answer_drip (message);
  else if (manner == FEED_SERVER_REDIRECTS)
    soup_server_message_set_redirect (message, SOUP_STATUS_FOUND, path);
  else if (manner == FEED_SERVER_HUGE)
    answer_huge (message);
  else if (manner == FEED_SERVER_DEEP)
    answer_deep (message);
  else
    answer_good (self, message, path);
}

FeedServer *
feed_server_new (void)
{
  FeedServer *self = g_new0 (FeedServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d/gbfs.json", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
feed_server_free (FeedServer *self)
{
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->address);
  g_free (self->traffic);
  g_free (self);
}

const char *
feed_server_get_address (FeedServer *self)
{
  return self->address;
}

void
feed_server_set_manner (FeedServer *self, FeedServerManner manner)
{
  self->manner = manner;
}

void
feed_server_set_cars (FeedServer *self, unsigned n_cars)
{
  self->n_cars = n_cars;
}

char *
feed_server_set_traffic (FeedServer *self, const char *document)
{
  g_free (self->traffic);
  self->traffic = g_strdup (document);
  return g_strdup_printf ("%.*straffic", (int) (strlen (self->address) - strlen ("gbfs.json")),
                          self->address);
}

unsigned
feed_server_get_n_whole (FeedServer *self)
{
  return self->n_whole;
}

unsigned
feed_server_get_n_unchanged (FeedServer *self)
{
  return self->n_unchanged;
}
