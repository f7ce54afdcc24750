/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/csv.h"

#include <string.h>

/* One record at a time: its fields lie one after the other, each ended by a zero byte, in one
 * growing buffer that is used again for the next record. */

#define MAX_FIELDS 256
#define MAX_RECORD_BYTES 65536

struct _VolantCsv {
  const char *at;
  const char *end;
  char separator;
  unsigned line;        /* of at */
  unsigned record_line; /* of the present record */
  unsigned n_fields;
  size_t starts[MAX_FIELDS];
  GString *text;
};

VolantCsv *
volant_csv_new (const char *data, size_t size, char separator)
{
  VolantCsv *csv = g_new0 (VolantCsv, 1);

  csv->at = size > 0 ? data : ""; /* empty bytes may have no address */
  csv->end = csv->at + size;
  csv->separator = separator;
  csv->line = 1;
  csv->text = g_string_sized_new (256);
  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    csv->at += 3;
  return csv;
}

void
volant_csv_free (VolantCsv *csv)
{
  if (csv == NULL)
    return;
  g_string_free (csv->text, TRUE);
  g_free (csv);
}

static void
append (VolantCsv *csv, char byte)
{
  /* A zero byte would end the field early: it cannot be part of a text. */
  if (byte != '\0' && csv->text->len < MAX_RECORD_BYTES && csv->n_fields < MAX_FIELDS)
    g_string_append_c (csv->text, byte);
}

static void
end_field (VolantCsv *csv)
{
  if (csv->n_fields == MAX_FIELDS)
    return;
  csv->n_fields++;
  g_string_append_c (csv->text, '\0');
}

static void
begin_field (VolantCsv *csv)
{
  if (csv->n_fields < MAX_FIELDS)
    csv->starts[csv->n_fields] = csv->text->len;
}

/* Reads a quoted part; at stands behind the opening quote, and behind the closing one at the end.
 */
static void
read_quoted (VolantCsv *csv)
{
  while (csv->at < csv->end)
    {
      char byte = *csv->at++;

      if (byte == '"')
        {
          if (csv->at == csv->end || *csv->at != '"')
            return;
          csv->at++;
        }
      else if (byte == '\n')
        csv->line++;
      append (csv, byte);
    }
}

static void
read_record (VolantCsv *csv)
{
  g_string_truncate (csv->text, 0);
  csv->n_fields = 0;
  csv->record_line = csv->line;
  begin_field (csv);
  while (csv->at < csv->end)
    {
      char byte = *csv->at++;

      if (byte == '\n')
        {
          csv->line++;
          break;
        }
      if (byte == csv->separator)
        {
          end_field (csv);
          begin_field (csv);
        }
      else if (byte == '"' && csv->n_fields < MAX_FIELDS &&
               csv->starts[csv->n_fields] == csv->text->len)
        read_quoted (csv);
      else if (byte != '\r' || (csv->at < csv->end && *csv->at != '\n'))
        append (csv, byte);
    }
  end_field (csv);
}

/* Old exports come in the encoding of the desktop they were made on. */
static void
make_valid (VolantCsv *csv)
{
  g_autoptr (GString) valid = NULL;

  for (unsigned i = 0; i < csv->n_fields && valid == NULL; i++)
    if (!g_utf8_validate (csv->text->str + csv->starts[i], -1, NULL))
      valid = g_string_sized_new (csv->text->len * 2);
  if (valid == NULL)
    return;
  for (unsigned i = 0; i < csv->n_fields; i++)
    {
      const char *field = csv->text->str + csv->starts[i];
      g_autofree char *converted = NULL;

      if (!g_utf8_validate (field, -1, NULL))
        converted =
            g_convert_with_fallback (field, -1, "UTF-8", "WINDOWS-1252", "?", NULL, NULL, NULL);
      if (converted == NULL)
        converted = g_utf8_make_valid (field, -1);
      csv->starts[i] = valid->len;
      g_string_append_len (valid, converted, (gssize) strlen (converted) + 1);
    }
  g_string_free (csv->text, TRUE);
  csv->text = g_steal_pointer (&valid);
}

bool
volant_csv_next (VolantCsv *csv)
{
  while (csv->at < csv->end)
    {
      read_record (csv);
      if (csv->n_fields > 1 || csv->text->str[0] != '\0')
        {
          make_valid (csv);
          return true;
        }
    }
  csv->n_fields = 0;
  return false;
}

unsigned
volant_csv_get_line (const VolantCsv *csv)
{
  return csv->record_line;
}

unsigned
volant_csv_get_n_fields (const VolantCsv *csv)
{
  return csv->n_fields;
}

const char *
volant_csv_get (const VolantCsv *csv, int column)
{
  if (column < 0 || (unsigned) column >= csv->n_fields)
    return "";
  return csv->text->str + csv->starts[column];
}

int
volant_csv_find (const VolantCsv *csv, const char *title)
{
  for (unsigned i = 0; i < csv->n_fields; i++)
    if (strcmp (csv->text->str + csv->starts[i], title) == 0)
      return (int) i;
  return -1;
}
