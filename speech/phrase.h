/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <stdbool.h>

/* One phrase as a tree: what stands between the words of a catalogue line. Pure. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_PHRASE_WORD,     /* text: the word, folded */
  VOLANT_PHRASE_NAME,     /* text: a slot filled with names, "station" */
  VOLANT_PHRASE_LIST,     /* text: the list; children: its one tree, shared */
  VOLANT_PHRASE_CAPTURE,  /* text: the slot whose value the words of the child are */
  VOLANT_PHRASE_SEQUENCE, /* children in order */
  VOLANT_PHRASE_CHOICE,   /* one of the children */
  VOLANT_PHRASE_OPTIONAL, /* the child or nothing */
  VOLANT_PHRASE_VALUE,    /* text: the value that stands for the words of the capture around */
} VolantPhraseKind;

typedef struct _VolantPhrase VolantPhrase;

struct _VolantPhrase {
  int references;
  VolantPhraseKind kind;
  char *text;
  GPtrArray *children; /* VolantPhrase; NULL for leaves */
};

/* Resolves <name>: a new reference to a tree, or NULL where there is none of that name. */
typedef VolantPhrase *(*VolantPhraseLookup) (const char *name, void *data);

VolantPhrase *volant_phrase_new (VolantPhraseKind kind, const char *text);
VolantPhrase *volant_phrase_ref (VolantPhrase *phrase);
void volant_phrase_unref (VolantPhrase *phrase);
/* Takes the child. */
void volant_phrase_add (VolantPhrase *phrase, VolantPhrase *child);

/* Reads "( a | b ) [ c ] <slot> {value}". Letters are folded, punctuation at the end of words is
 * dropped, each Chinese character is a word. Errors say what is wrong, without the place. */
VolantPhrase *volant_phrase_parse (const char *text, VolantPhraseLookup lookup, void *data,
                                   GError **error);

/* Whether the phrase can be said without a word. */
bool volant_phrase_may_be_empty (const VolantPhrase *phrase);

/* The plainest way to say it: first of the alternatives, without what is optional; slots as
 * "<station>" (transfer full). */
char *volant_phrase_example (const VolantPhrase *phrase);

/* All ways to say it, at most limit (transfer full). */
GPtrArray *volant_phrase_expand (const VolantPhrase *phrase, unsigned limit);

/* Appends the phrase in JSGF, with lists as "<list>". */
void volant_phrase_to_jsgf (const VolantPhrase *phrase, GString *jsgf);

/* The words of a text as the parser sees them, with one blank between (transfer full). */
char *volant_phrase_fold (const char *text);
/* Joins words for people: no blanks between Chinese characters (transfer full). */
char *volant_phrase_join (const char *words);
bool volant_phrase_is_han (gunichar character);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantPhrase, volant_phrase_unref)

G_END_DECLS
