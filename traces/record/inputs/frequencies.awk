# Word frequencies, and the words of each first letter joined to a line.
{
  for (i = 1; i <= NF; ++i) {
    word = tolower($i)
    gsub(/[^a-z]/, "", word)
    ++count[word]
    by_letter[substr(word, 1, 1)] = by_letter[substr(word, 1, 1)] " " word
  }
}
NR > 250 { exit }
END {
  for (word in count) if (count[word] > 5) print word, count[word] | "cat > /dev/null"
  for (letter in by_letter) print letter, length(by_letter[letter]), split(by_letter[letter], parts, " ")
}
