def total: [.lines[] | .count * .price] | add;
map(. + {total: total, key: (.customer.name | ascii_downcase | explode | map(. % 7) | add)})
| group_by(.customer.city)
| map({city: .[0].customer.city, orders: length, sum: (map(.total) | add | floor),
       best: (max_by(.total) | .lines | map(.article) | join("+")),
       tags: (map(.tags[]) | unique | map(select(test("^[a-m]"))))})
| sort_by(-.sum) | .[:50]
