# Words and their lengths, in the shell alone.
declare -A seen
declare -a order
lines=0
while read -r -a words; do
  for word in "${words[@]}"; do
    key=${word,,}
    key=${key%[.,]}
    [[ -n ${seen[$key]-} ]] || order+=("$key")
    seen[$key]=$((${seen[$key]-0} + 1))
  done
  ((++lines < 60)) || break
done <"$1"

longest() {
  local word best=
  for word in "$@"; do
    if ((${#word} > ${#best})); then best=$word; fi
  done
  printf '%s\n' "$best"
}

printf '%d words, the longest is %s\n' "${#order[@]}" "$(longest "${order[@]}")"
for word in "${order[@]:0:200}"; do
  case $word in
    *[aeiou]) printf -v line '%-12s %3d %s' "$word" "${seen[$word]}" "${word//[aeiou]/.}" ;;
    *) line="${word^} ${seen[$word]}" ;;
  esac
  echo "$line"
done
