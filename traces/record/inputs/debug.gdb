set width 0
set pagination off
info functions f1
info variables table
ptype struct node
info line f20
list f30
break f9
disassemble f12
info scope f40
print sizeof(struct node)
print table3
info types node
