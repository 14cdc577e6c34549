import amazon from "../../data/sentiment-labelled-sentences/amazon_cells_labelled.txt?raw";
import imdb from "../../data/sentiment-labelled-sentences/imdb_labelled.txt?raw";
import yelp from "../../data/sentiment-labelled-sentences/yelp_labelled.txt?raw";
import type { Example } from "../data/example.ts";
import { parseSentences } from "../data/sentences.ts";

/** The 3,000 shipped sentences, part of the page's own files. */
export function liveSentences(): Example[] {
  return [amazon, imdb, yelp].flatMap((content) => [...parseSentences(content, "sentences").examples]);
}
