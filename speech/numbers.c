/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/numbers.h"

#include <string.h>

/* Numbers are written here as catalogue lists, so that one compiler makes their grammar, and read
 * back by adding and multiplying the words from left to right. */

typedef struct {
  const char *word;
  int value;
} Numeral;

static const char *const english[] = {
  "number-ones",
  "one | two | three | four | five | six | seven | eight | nine",
  "number-tens",
  "twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety",
  "number-small",
  "<number-ones> | ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen"
  " | eighteen | nineteen | <number-tens> [<number-ones>]",
  "number",
  "zero | <number-small> | (a | <number-ones>) hundred [[and] <number-small>]",
  NULL,
};

static const Numeral english_words[] = {
  { "zero", 0 },      { "one", 1 },      { "two", 2 },      { "three", 3 },      { "four", 4 },
  { "five", 5 },      { "six", 6 },      { "seven", 7 },    { "eight", 8 },      { "nine", 9 },
  { "ten", 10 },      { "eleven", 11 },  { "twelve", 12 },  { "thirteen", 13 },  { "fourteen", 14 },
  { "fifteen", 15 },  { "sixteen", 16 }, { "seventeen", 17 }, { "eighteen", 18 },
  { "nineteen", 19 },
  { "twenty", 20 },   { "thirty", 30 },  { "forty", 40 },   { "fifty", 50 },     { "sixty", 60 },
  { "seventy", 70 },  { "eighty", 80 },  { "ninety", 90 },  { "hundred", 100 },  { "a", 1 },
  { "and", 0 },       { NULL, 0 },
};

static const char *const french[] = {
  "number-ones",
  "un | une | deux | trois | quatre | cinq | six | sept | huit | neuf",
  "number-teens",
  "dix | onze | douze | treize | quatorze | quinze | seize | dix (sept | huit | neuf)",
  "number-small",
  "<number-ones> | <number-teens> | (vingt | trente | quarante | cinquante) [[et] <number-ones>]"
  " | soixante [[et] (<number-ones> | <number-teens>)]"
  " | quatre (vingt | vingts) [<number-ones> | <number-teens>]",
  "number",
  "zéro | <number-small> | [<number-ones>] (cent | cents) [<number-small>]",
  NULL,
};

static const Numeral french_words[] = {
  { "zéro", 0 },    { "un", 1 },        { "une", 1 },      { "deux", 2 },    { "trois", 3 },
  { "quatre", 4 },  { "cinq", 5 },      { "six", 6 },      { "sept", 7 },    { "huit", 8 },
  { "neuf", 9 },    { "dix", 10 },      { "onze", 11 },    { "douze", 12 },  { "treize", 13 },
  { "quatorze", 14 }, { "quinze", 15 }, { "seize", 16 },   { "vingt", 20 },  { "vingts", 20 },
  { "trente", 30 }, { "quarante", 40 }, { "cinquante", 50 }, { "soixante", 60 }, { "cent", 100 },
  { "cents", 100 }, { "et", 0 },        { NULL, 0 },
};

static const char *const chinese[] = {
  "number-ones",
  "一 | 二 | 两 | 三 | 四 | 五 | 六 | 七 | 八 | 九",
  "number-small",
  "<number-ones> | [<number-ones>] 十 [<number-ones>]",
  "number",
  "零 | <number-small> | <number-ones> 百 [零 <number-ones> | <number-ones> 十 [<number-ones>]]",
  NULL,
};

static const Numeral chinese_words[] = {
  { "零", 0 }, { "一", 1 }, { "二", 2 }, { "两", 2 }, { "三", 3 },  { "四", 4 },   { "五", 5 },
  { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 }, { "十", 10 }, { "百", 100 }, { NULL, 0 },
};

const char *const *
volant_numbers_get_lists (const char *language)
{
  if (g_str_has_prefix (language, "fr"))
    return french;
  if (g_str_has_prefix (language, "zh"))
    return chinese;
  return english;
}

static int
value_of (const Numeral *numerals, const char *word)
{
  for (; numerals->word != NULL; numerals++)
    if (strcmp (numerals->word, word) == 0)
      return numerals->value;
  return -1;
}

/* A hundred multiplies all that came before it; so do French vingt after quatre and Chinese 十
 * after a digit; everything else is added. */
int
volant_numbers_parse (const char *language, const char *words)
{
  bool is_french = g_str_has_prefix (language, "fr");
  bool is_chinese = g_str_has_prefix (language, "zh");
  const Numeral *numerals = is_french ? french_words : is_chinese ? chinese_words : english_words;
  g_auto (GStrv) parts = g_strsplit (words, " ", 16);
  int hundreds = 0;
  int rest = 0;

  if (*words == '\0')
    return -1;
  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      int value = value_of (numerals, parts[i]);

      if (value < 0)
        return -1;
      if (value == 100)
        {
          hundreds = (rest == 0 ? 1 : rest) * 100;
          rest = 0;
        }
      else if ((is_french && value == 20 && rest == 4) || (is_chinese && value == 10 && rest > 0))
        rest *= value;
      else
        rest += value;
    }
  return hundreds + rest <= 999 ? hundreds + rest : -1;
}
