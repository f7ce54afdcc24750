/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/unpack.h"

#include "maps/error.h"

#include <zlib.h>

/* zlib in pieces, so that a small file that grows without end is left at the bound. */

#define PIECE_BYTES 65536
#define GZIP_WINDOW (MAX_WBITS + 16)

static GBytes *
inflate_all (z_stream *stream, size_t max_bytes, GError **error)
{
  g_autoptr (GByteArray) unpacked = g_byte_array_new ();
  g_autofree uint8_t *piece = g_malloc (PIECE_BYTES);
  int status = Z_OK;

  while (status == Z_OK && unpacked->len <= max_bytes)
    {
      stream->next_out = piece;
      stream->avail_out = PIECE_BYTES;
      status = inflate (stream, Z_NO_FLUSH);
      g_byte_array_append (unpacked, piece, PIECE_BYTES - stream->avail_out);
    }
  if (unpacked->len > max_bytes)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                 "unpacked it has more than %zu bytes", max_bytes);
  else if (status != Z_STREAM_END)
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                 "it is packed with gzip, and damaged or cut off");
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&unpacked));
  return NULL;
}

GBytes *
volant_traffic_unpack (GBytes *bytes, size_t max_bytes, GError **error)
{
  size_t size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  z_stream stream = { .next_in = (uint8_t *) data };
  GBytes *unpacked;

  if (size < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return g_bytes_ref (bytes);
  if (size > max_bytes)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "it has %zu bytes; %zu are the most", size, max_bytes);
      return NULL;
    }
  stream.avail_in = (unsigned) size;
  if (inflateInit2 (&stream, GZIP_WINDOW) != Z_OK)
    g_error ("zlib has no memory");
  unpacked = inflate_all (&stream, max_bytes, error);
  inflateEnd (&stream);
  return unpacked;
}
