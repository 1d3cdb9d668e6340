" An hour of editing: search, change, move, undo, macros.
set nocompatible undolevels=1000 regexpengine=1
%s/\<\(\w\)\(\w*\)\>/\1\2/ge
g/ba/s//BA/g
g/^$/d
1,200sort
let @q = "^dwA pasted\<Esc>pj"
normal! gg
normal! 60@q
for i in range(1, 60)
  execute i . 'copy $'
  execute i . 'join'
  undo
endfor
%s/\v(\w+) (\w+)/\2 \1/ge
1,150delete
earlier 5
let words = split(join(getline(1, '$')), '\W\+')
let counts = {}
for word in words
  let counts[word] = get(counts, word, 0) + 1
endfor
call append('$', map(sort(items(counts)), 'v:val[0] . " " . v:val[1]'))
write! edited.txt
quit!
