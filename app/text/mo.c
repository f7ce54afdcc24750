/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/text/mo.h"

#include "app/error.h"

#include <stdint.h>
#include <string.h>

/* A catalogue is a header of seven words, a table of originals sorted as strings and a table of
 * translations in the same order; an entry is a length (without its closing NUL) and an offset. */

#define MAGIC 0x950412deu
#define HEADER_SIZE 28u
#define ENTRY_SIZE 8u
/* far above any catalogue of ours; keeps table sizes from overflowing */
#define MAX_MESSAGES (1u << 20)

struct _VolantMo {
  GBytes *bytes;
  const uint8_t *data;
  size_t size;
  bool swapped;
  unsigned n_messages;
  uint32_t originals;
  uint32_t translations;
};

static uint32_t
read_word (const VolantMo *mo, size_t offset)
{
  uint32_t word;

  memcpy (&word, mo->data + offset, sizeof word);
  return mo->swapped ? GUINT32_SWAP_LE_BE (word) : word;
}

static const char *
get_string (const VolantMo *mo, uint32_t table, unsigned index, size_t *length)
{
  size_t entry = (size_t) table + (size_t) index * ENTRY_SIZE;

  *length = read_word (mo, entry);
  return (const char *) mo->data + read_word (mo, entry + 4);
}

static bool
check_table (const VolantMo *mo, uint32_t table, const char *name, GError **error)
{
  if ((uint64_t) table + (uint64_t) mo->n_messages * ENTRY_SIZE > mo->size)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                   "The catalogue is cut off in its table of %s", name);
      return false;
    }
  for (unsigned i = 0; i < mo->n_messages; i++)
    {
      uint64_t length = read_word (mo, (size_t) table + (size_t) i * ENTRY_SIZE);
      uint64_t offset = read_word (mo, (size_t) table + (size_t) i * ENTRY_SIZE + 4);

      if (offset + length >= mo->size || mo->data[offset + length] != '\0')
        {
          g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                       "Message %u of the catalogue's %s lies outside the file", i, name);
          return false;
        }
      if (!g_utf8_validate ((const char *) mo->data + offset, -1, NULL))
        {
          g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                       "Message %u of the catalogue's %s is not UTF-8", i, name);
          return false;
        }
    }
  return true;
}

/* Lookup is by halving, which an unsorted catalogue would mislead. */
static bool
check_order (const VolantMo *mo, GError **error)
{
  size_t length;

  for (unsigned i = 1; i < mo->n_messages; i++)
    if (strcmp (get_string (mo, mo->originals, i - 1, &length),
                get_string (mo, mo->originals, i, &length)) >= 0)
      {
        g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                     "The catalogue's message %u is out of order", i);
        return false;
      }
  return true;
}

static bool
check_header (VolantMo *mo, GError **error)
{
  uint32_t magic;

  if (mo->size < HEADER_SIZE)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                   "A catalogue of %" G_GSIZE_FORMAT " bytes is too short", mo->size);
      return false;
    }
  memcpy (&magic, mo->data, sizeof magic);
  mo->swapped = magic == GUINT32_SWAP_LE_BE (MAGIC);
  if (magic != MAGIC && !mo->swapped)
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_FAILED, "This is no .mo catalogue");
      return false;
    }
  mo->n_messages = read_word (mo, 8);
  mo->originals = read_word (mo, 12);
  mo->translations = read_word (mo, 16);
  if (read_word (mo, 4) != 0 || mo->n_messages > MAX_MESSAGES)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_FAILED,
                   "A catalogue of revision %u with %u messages is not known here",
                   read_word (mo, 4), mo->n_messages);
      return false;
    }
  return true;
}

VolantMo *
volant_mo_new (GBytes *bytes, GError **error)
{
  g_autoptr (VolantMo) mo = g_new0 (VolantMo, 1);

  mo->bytes = g_bytes_ref (bytes);
  mo->data = g_bytes_get_data (bytes, &mo->size);
  if (!check_header (mo, error) || !check_table (mo, mo->originals, "originals", error) ||
      !check_table (mo, mo->translations, "translations", error) || !check_order (mo, error))
    return NULL;
  return g_steal_pointer (&mo);
}

void
volant_mo_free (VolantMo *mo)
{
  if (mo == NULL)
    return;
  g_bytes_unref (mo->bytes);
  g_free (mo);
}

const char *
volant_mo_lookup (const VolantMo *mo, const char *text, unsigned form)
{
  unsigned low = 0, high = mo->n_messages;

  while (low < high)
    {
      unsigned middle = low + (high - low) / 2;
      size_t length;
      int order = strcmp (text, get_string (mo, mo->originals, middle, &length));
      const char *found, *end;

      if (order < 0)
        high = middle;
      else if (order > 0)
        low = middle + 1;
      else
        {
          found = get_string (mo, mo->translations, middle, &length);
          end = found + length;
          for (; form > 0 && found + strlen (found) < end; form--)
            found += strlen (found) + 1;
          return found;
        }
    }
  return NULL;
}

unsigned
volant_mo_get_n_messages (const VolantMo *mo)
{
  return mo->n_messages;
}
