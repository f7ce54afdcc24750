/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/text/text.h"
#include "maps/error.h"
#include "speech/error.h"

#include <gio/gio.h>

/* What a person is told of an error. The rooms below app/ know no language: their code becomes a
 * sentence here, and where their own words tell which file or feed it was, these follow in
 * brackets. Errors of app/ carry words in the person's language already, or, where they are kept to
 * be told again after a change of language, English ones that the catalogues know. */

typedef struct {
  int code;
  const char *text;
  bool wants_detail;
} Sentence;

static const Sentence maps_sentences[] = {
  { VOLANT_MAPS_ERROR_INVALID, N_ ("I did not understand that"), true },
  { VOLANT_MAPS_ERROR_CORRUPT, N_ ("The data is damaged"), true },
  { VOLANT_MAPS_ERROR_UNSUPPORTED, N_ ("The data is of a kind not known here"), true },
  { VOLANT_MAPS_ERROR_EMPTY, N_ ("There is nothing in the data"), true },
  { VOLANT_MAPS_ERROR_NOT_FOUND, N_ ("There is no such place"), false },
  { VOLANT_MAPS_ERROR_OFF_MAP, N_ ("That is too far from any road of this city"), false },
  { VOLANT_MAPS_ERROR_NO_ROUTE, N_ ("No way leads there by car"), false },
  { VOLANT_MAPS_ERROR_TOO_LARGE, N_ ("The data is too large"), true },
  { VOLANT_MAPS_ERROR_NO_CHARGE, N_ ("The charge does not suffice to get there"), false },
};

static const Sentence speech_sentences[] = {
  { VOLANT_SPEECH_ERROR_INVALID, N_ ("The command catalogue cannot be used"), true },
  { VOLANT_SPEECH_ERROR_MODEL, N_ ("The speech model cannot be used"), true },
  { VOLANT_SPEECH_ERROR_AUDIO, N_ ("The sound file cannot be read"), true },
  { VOLANT_SPEECH_ERROR_NO_DEVICE, N_ ("There is no sound device"), true },
  { VOLANT_SPEECH_ERROR_VOICE, N_ ("There is no such voice"), true },
  { VOLANT_SPEECH_ERROR_BUSY, N_ ("Speech is busy"), false },
};

static const Sentence io_sentences[] = {
  { G_IO_ERROR_NOT_FOUND, N_ ("The file does not exist"), true },
  { G_IO_ERROR_PERMISSION_DENIED, N_ ("The file may not be read"), true },
  { G_IO_ERROR_NO_SPACE, N_ ("The disk is full"), false },
  { G_IO_ERROR_TIMED_OUT, N_ ("The network did not answer in time"), false },
  { G_IO_ERROR_HOST_NOT_FOUND, N_ ("There is no network"), false },
  { G_IO_ERROR_HOST_UNREACHABLE, N_ ("There is no network"), false },
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_ ("There is no network"), false },
  { G_IO_ERROR_CONNECTION_REFUSED, N_ ("The network refused the connection"), false },
  { G_IO_ERROR_CANCELLED, N_ ("Cancelled"), false },
};

static const Sentence *
find_sentence (const GError *error)
{
  const struct {
    GQuark domain;
    const Sentence *sentences;
    unsigned n_sentences;
  } domains[] = {
    { VOLANT_MAPS_ERROR, maps_sentences, G_N_ELEMENTS (maps_sentences) },
    { VOLANT_SPEECH_ERROR, speech_sentences, G_N_ELEMENTS (speech_sentences) },
    { G_IO_ERROR, io_sentences, G_N_ELEMENTS (io_sentences) },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (domains); i++)
    for (unsigned j = 0; error->domain == domains[i].domain && j < domains[i].n_sentences; j++)
      if (domains[i].sentences[j].code == error->code)
        return &domains[i].sentences[j];
  return NULL;
}

/* volant_text_error:
 *
 * A sentence for the person; never empty. An error of a domain not known here keeps its words,
 * in translation where a catalogue knows them. */
char *
volant_text_error (const char *language, const GError *error)
{
  const Sentence *sentence = find_sentence (error);

  if (sentence == NULL)
    return g_strdup (volant_text (language, error->message));
  if (!sentence->wants_detail)
    return g_strdup (volant_text (language, sentence->text));
  return volant_text_format (language, N_ ("%s (%s)"), volant_text (language, sentence->text),
                             error->message);
}
