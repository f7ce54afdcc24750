/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/catalogue.h"

/* A catalogue compiled: the smallest deterministic word graph of what may be said in one state of the
 * dialogue (each name slot stands in it as few times as possible, which is what keeps the search
 * fast), and the way back from words to the action and its slots. Pure and immutable: a grammar may
 * be used from several threads. */

G_BEGIN_DECLS

typedef struct _VolantGrammar VolantGrammar;

/* state from → state to by a symbol: a word or a slot. */
typedef struct {
  unsigned from;
  unsigned to;
  unsigned symbol;
} VolantGrammarArc;

/* Which phrases belong to it. */
typedef bool (*VolantGrammarFilter) (const VolantCatalogueEntry *entry, void *data);

/* Two actions that the same words mean. */
typedef struct {
  char *words;
  char *first;
  char *second;
  unsigned first_line;
  unsigned second_line;
} VolantGrammarClash;

/* filter NULL: all phrases. Fails where the phrases unfold to too much, or nothing is left. */
VolantGrammar *volant_grammar_new (VolantCatalogue *catalogue, VolantGrammarFilter filter,
                                   void *data, GError **error);
void volant_grammar_free (VolantGrammar *grammar);

unsigned volant_grammar_count_states (const VolantGrammar *grammar); /* state 0 is the start */
bool volant_grammar_is_final (const VolantGrammar *grammar, unsigned state);
const VolantGrammarArc *volant_grammar_get_arcs (const VolantGrammar *grammar, unsigned *n_arcs);
unsigned volant_grammar_count_symbols (const VolantGrammar *grammar);
/* A word, or "<station>". */
const char *volant_grammar_get_symbol (const VolantGrammar *grammar, unsigned symbol);

/* VolantGrammarClash (transfer none). */
GPtrArray *volant_grammar_get_clashes (const VolantGrammar *grammar);

/* What folded words mean: the first phrase of the file that fits. A name is given as "station_12" or
 * "<station>" and comes back as that. action: transfer none, of the catalogue; parameters: a{ss},
 * floating. False where nothing fits. */
bool volant_grammar_match (const VolantGrammar *grammar, const char *words, const char **action,
                           GVariant **parameters);

/* The slot of a name's token, "station_12" → "station"; NULL for a plain word (transfer full). */
char *volant_grammar_slot_of (const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantGrammar, volant_grammar_free)

G_END_DECLS
