# A concordance: each word with the places where it stands.
use strict;
use warnings;

my %places;
my $number = 0;
while (my $line = <>) {
  ++$number;
  my $column = 0;
  for my $word (split /[^a-z]+/, lc $line) {
    push @{ $places{$word} }, { line => $number, column => ++$column } if length $word > 3;
  }
  last if $number > 300;
}
for my $word (sort keys %places) {
  my @all = @{ $places{$word} };
  next if @all < 4;
  print "$word: ", join(', ', map { "$_->{line}.$_->{column}" } @all), "\n";
}
